import { spawn } from "node:child_process";
import { once } from "node:events";
import { FailureError } from "../../errors.ts";

/**
 * Runs a line such as `!npm install x`; what it prints appears below the cell while it runs.
 *
 * @param folder - in which it runs.
 * @throws {FailureError} if it fails, so that cells after it do not run as if it had not.
 */
export async function runShell(command: string, folder: string): Promise<void> {
  const child = spawn(command, { shell: true, cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => process[name].write(text));
  }
  const [status, signal] = await once(child, "close");
  if (status === 0) return;
  const how = signal === null ? `exit status ${status}` : `signal ${signal}`;
  throw new FailureError({
    code: "COMMAND_FAILED",
    problem: `!${command} ended with ${how}`,
    fix: "read its output above",
  });
}
