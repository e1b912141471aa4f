import { execFileSync, spawn } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StreamName } from "./posts.ts";

/** The file descriptors under which programs know the two streams. */
const numbers = { stdout: 1, stderr: 2 } as const;

/** What is written to this process's own streams, natively or by child processes that inherit them. */
export interface OutputDescriptors {
  /** Where it can be read. */
  readonly pipes: Readonly<Record<StreamName, number>>;
  /** Where it went before: the terminal or log of Jupyter's server. */
  readonly terminal: number;
}

/**
 * Turns the descriptors of this process's two streams to pipes that the kernel reads. To be called before anything else opens
 * files: a descriptor that is closed is the next to be opened.
 *
 * @returns undefined where that is not possible; the streams stay as they are.
 */
export function takeOutputDescriptors(): OutputDescriptors | undefined {
  const folder = mkdtempSync(join(tmpdir(), "h2t-kernel-"));
  try {
    const terminal = terminalOf(folder);
    const files = { stdout: join(folder, "stdout"), stderr: join(folder, "stderr") };
    makePipes(...Object.values(files));
    return {
      pipes: { stdout: turn("stdout", files.stdout), stderr: turn("stderr", files.stderr) },
      terminal,
    };
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const makePipes = (...files: readonly string[]) => execFileSync("mkfifo", files, { stdio: "ignore" });

/** A second way to where the error stream leads now. */
function terminalOf(folder: string): number {
  try {
    return openSync("/dev/fd/2", constants.O_WRONLY | constants.O_APPEND | constants.O_NONBLOCK);
  } catch {
    // A socket, as of front ends that run on Node, cannot be opened again, but handed on.
    const pipe = join(folder, "terminal");
    makePipes(pipe);
    const end = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    spawn("cat", { stdio: [openSync(pipe, constants.O_RDONLY), numbers.stderr, "ignore"] }).unref();
    return end;
  }
}

/** @returns the end to read from. */
function turn(name: StreamName, pipe: string): number {
  const end = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  closeSync(numbers[name]);
  openSync(pipe, constants.O_WRONLY);
  return end;
}

/** Says something where the server logs; never fails, for there may be no such place any more. */
export function writeToTerminal(text: string, terminal: number = numbers.stderr): void {
  try {
    writeSync(terminal, text);
  } catch {
    // Nobody can be told.
  }
}
