import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

/** How a process of its own ended, with all that it and the processes that it started wrote. */
interface Ending {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Starts `h2t` as a process of its own, which a signal can end.
 *
 * @returns `ended`, once it and all processes that write to its outputs have ended; `said`, once it has written a line to
 * stderr.
 */
export function startCommand(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ["--import", "tsx", main, ...args], {
    env: { ...process.env, ...env },
  });
  const text = { stdout: "", stderr: "" };
  child.stdout.on("data", (piece) => {
    text.stdout += piece;
  });
  child.stderr.on("data", (piece) => {
    text.stderr += piece;
  });
  const ended = new Promise<Ending>((resolve) =>
    child.on("close", (status, signal) => resolve({ status, signal, ...text })),
  );
  const said = (line: string | RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => text.stderr.search(line) >= 0 && resolve();
      child.stderr.on("data", look);
      child.on("close", () => reject(new Error(`ended without "${line}": ${text.stderr}`)));
      look();
    });
  return { child, ended, said };
}
