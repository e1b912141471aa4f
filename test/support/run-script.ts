import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * Runs TypeScript in a process of its own and returns what it printed.
 *
 * @param source - imports relative to src/.
 * @param environment - what differs from ours; `undefined` takes a variable away.
 */
export function runScript(source: string, environment: Readonly<Record<string, string | undefined>> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", source],
    {
      cwd: fileURLToPath(new URL("../../src", import.meta.url)),
      env: { ...process.env, ...environment },
      encoding: "utf8",
    },
  );
  return { status, stdout, stderr };
}
