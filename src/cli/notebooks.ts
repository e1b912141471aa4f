import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { FailureError } from "../errors.ts";
import { projectFolder } from "../setup/project-folder.ts";
import { venvPython } from "../setup/python-packages.ts";
import { tellingLine } from "../setup/run-command.ts";

const run = promisify(execFile);

/**
 * The notebooks of tables and figures, without extension.
 *
 * @param only - tables and figures to keep; all where undefined.
 * @returns sorted names; none where the folder does not exist.
 */
export async function notebookNames(folder: string, only?: readonly string[]): Promise<string[]> {
  const files = existsSync(folder) ? await readdir(folder) : [];
  return files
    .filter((file) => file.endsWith(".ipynb"))
    .map((file) => path.basename(file, ".ipynb"))
    .filter((name) => only === undefined || only.includes(name))
    .sort();
}

/**
 * Executes one notebook in Jupyter and keeps the executed copy; the original stays as it is.
 *
 * @param file - the notebook; its cells run in its folder.
 * @param outputDir - where the executed copy goes, under the same name.
 * @throws {FailureError} if a cell fails or Jupyter does not start.
 */
export async function executeNotebook(file: string, outputDir: string, signal: AbortSignal): Promise<void> {
  await mkdir(outputDir, { recursive: true });
  const args = ["-m", "nbconvert", "--to", "notebook", "--execute", "--ExecutePreprocessor.timeout=-1"];
  try {
    await run(venvPython(projectFolder), [...args, "--output-dir", outputDir, file], {
      ...{ signal, maxBuffer: 2 ** 26 },
    });
  } catch (cause) {
    signal.throwIfAborted();
    const { message, stderr } = cause as Error & { stderr?: string };
    throw new FailureError(
      {
        rule: `${path.basename(file)} must run from its first to its last cell`,
        got: tellingLine(stderr ?? "") || message,
        remedy: `open it with \`.venv/bin/python -m jupyterlab notebooks\`, or see \`h2t doctor\``,
      },
      { cause },
    );
  }
}
