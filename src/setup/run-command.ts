import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { FailureError } from "../errors.ts";

/** A program, its arguments, and what to tell when it fails. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** The rule that a failure breaks: "the addon must compile against TensorFlow". */
  readonly rule: string;
  /** What the user can do about it. */
  readonly remedy: string;
  /** What the user can do first, by what the program says. */
  readonly fixes?: readonly Fix[];
  /** @default that of this process */
  readonly environment?: NodeJS.ProcessEnv;
}

/** What to do about a message of a program. */
export interface Fix {
  /** Fits the message. */
  readonly says: RegExp;
  readonly fix: string;
}

const logName = "setup.log";
const tellsError = /\berror\b/i;

/**
 * Runs a program silently, without a shell, so that spaces in paths need no care.
 *
 * @param folder - where it runs, and where `setup.log` keeps the whole output if it fails.
 * @throws {FailureError} if the program cannot be started or does not end with status 0.
 * @example runCommand({ program: "g++", args: ["--version"], rule: "g++ must run", remedy: "install it" }, folder);
 */
export function runCommand(command: Command, folder: string): void {
  const { program, args, rule, remedy, fixes = [], environment = process.env } = command;
  const { status, signal, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    env: environment,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (status === 0) return;
  const output = `${stdout ?? ""}${stderr ?? ""}`;
  writeFileSync(join(folder, logName), `${[program, ...args].join(" ")}\n\n${output}`);
  const ending = error?.message ?? (signal ? `the signal ${signal}` : `exit code ${status}`);
  const reason = tellingLine(output);
  const first = fixes.flatMap(({ says, fix }) => (says.test(reason) ? [fix] : [])).slice(0, 1);
  throw new FailureError({
    rule,
    got: reason ? `${ending} (${reason})` : ending,
    remedy: `${[...first, remedy].join(", then ")} (whole output: ${logName})`,
  });
}

/** The line of a program's output that most likely says what went wrong: the first error, else the last line. */
export function tellingLine(output: string): string {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("WARNING"));
  return (lines.find((line) => tellsError.test(line)) ?? lines.at(-1) ?? "").slice(0, 300);
}
