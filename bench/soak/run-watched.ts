import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { type KillMoment, type Watch, watchVariable } from "./kill-moment.ts";

const preload = fileURLToPath(new URL("watch-files.ts", import.meta.url));
const main = path.join(projectFolder, "src/cli/main.ts");

/** Two epochs of either stage, of two batches each; it writes all that a run writes: packed images, features, checkpoints. */
export const row = "quickstart/dr-h2t/0.3@glyphs-10";

/** How a process has ended. */
export interface Ending {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
  /** What it asked of the file system, in order, such as `sync runs/f3ef16b72ea0309f/record.json`. */
  readonly operations: readonly string[];
}

/** A process that runs, and how it will have ended. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ending>;
}

/**
 * Starts `h2t run` of a short row on few generated images, which it draws itself, in a process of its own.
 *
 * @param folder - for its data and runs.
 * @param kill - when it kills itself.
 * @param rows - which rows, if not the usual one.
 */
export function startWatched(folder: string, kill?: KillMoment, rows: readonly string[] = [row]): Started {
  const list = `${folder}.operations-${started++}`;
  const watch: Watch = { folder, list, ...(kill && { kill }) };
  const places = ["--data", path.join(folder, "data"), "--runs", path.join(folder, "runs")];
  mkdirSync(folder, { recursive: true });
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--import", preload, main, "run", ...rows, "--profile", "trial", ...places],
    {
      cwd: projectFolder,
      env: { ...process.env, [watchVariable]: JSON.stringify(watch) },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  return { child, ended: endOf(child, list) };
}

let started = 0;

async function endOf(child: ChildProcess, list: string): Promise<Ending> {
  let stderr = "";
  child.stderr?.on("data", (piece) => {
    stderr += piece;
  });
  const [status, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  const operations = existsSync(list) ? readFileSync(list, "utf8").split("\n").filter(Boolean) : [];
  rmSync(list, { force: true });
  return { status, signal, stderr, operations };
}

/** As `startWatched`, to its end. */
export const runWatched = (folder: string, kill?: KillMoment): Promise<Ending> =>
  startWatched(folder, kill).ended;
