import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { type KillMoment, type Watch, watchVariable } from "./kill-moment.ts";

const preload = fileURLToPath(new URL("watch-files.ts", import.meta.url));
const main = path.join(projectFolder, "src/cli/main.ts");

/** Two epochs of either stage, of two batches each; it writes all that a run writes: packed images, features, checkpoints. */
const row = "quickstart/dr-h2t/0.3@glyphs-10";

/** How a process has ended. */
export interface Ending {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
  /** What it asked of the file system, in order, such as `sync runs/f3ef16b72ea0309f/record.json`. */
  readonly operations: readonly string[];
}

/**
 * `h2t run` of a short row on few generated images, which it draws itself, in a process of its own.
 *
 * @param folder - for its data and runs.
 * @param kill - when it kills itself.
 */
export async function runWatched(folder: string, kill?: KillMoment): Promise<Ending> {
  const list = `${folder}.operations`;
  const watch: Watch = { folder, list, ...(kill && { kill }) };
  const places = ["--data", path.join(folder, "data"), "--runs", path.join(folder, "runs")];
  await mkdir(folder, { recursive: true });
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--import", preload, main, "run", row, "--profile", "trial", ...places],
    {
      cwd: projectFolder,
      env: { ...process.env, [watchVariable]: JSON.stringify(watch) },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let stderr = "";
  child.stderr.on("data", (piece) => {
    stderr += piece;
  });
  const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (...ending) => resolve(ending));
  });
  const operations = (await readFile(list, "utf8").catch(() => "")).split("\n").filter(Boolean);
  rmSync(list, { force: true });
  return { status, signal, stderr, operations };
}
