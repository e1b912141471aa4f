import { runCommandLine } from "../../src/cli/command-line.ts";

/** What a command line prints, and the status with which it ends. */
export async function run(...args: string[]) {
  const printed: string[] = [];
  const errors: string[] = [];
  const status = await runCommandLine(args, {
    write: (text) => printed.push(text),
    writeError: (text) => errors.push(text),
  });
  return { status, printed: printed.join(""), errors: errors.join("") };
}
