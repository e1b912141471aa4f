import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { venvPython } from "../../src/setup/python-packages.ts";

/** What Python's tensorboard reads in a folder. */
interface ReadEvents {
  readonly version: number;
  /** By tag, step and value in the order of the file. */
  readonly scalars: Readonly<Record<string, readonly (readonly [step: number, value: number])[]>>;
}

/** Reads a folder's event files by Python's tensorboard, which compares their checksums. */
export async function readEvents(folder: string): Promise<ReadEvents> {
  const script = fileURLToPath(new URL("read-events.py", import.meta.url));
  const { stdout } = await promisify(execFile)(venvPython(projectFolder), [script, folder]);
  return JSON.parse(stdout);
}
