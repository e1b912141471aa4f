import { readFile } from "node:fs/promises";
import path from "node:path";
import { FailureError } from "../errors.ts";
import { projectFolder } from "../setup/project-folder.ts";
import { pythonEnvironment } from "../setup/python-environment.ts";
import { venvPython } from "../setup/python-packages.ts";
import { kernelErrorOf, type Notebook, readNotebook, withoutTraces } from "./notebook.ts";
import { runInGroup } from "./parallel/run-in-group.ts";

/** Reads the notebook from stdin and writes it to stdout. */
const papermill = [path.join(projectFolder, "bin/h2t-papermill.py"), "-", "-", "--no-progress-bar"];

/** How a notebook is executed. */
export interface NotebookOptions {
  readonly signal: AbortSignal;
  /** Values that replace those of the notebook's cell of parameters, by name. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/**
 * Executes a notebook in Jupyter, from its first cell to its last; the file stays as it is.
 *
 * @param file - the notebook; its cells run in its folder.
 * @returns the notebook with its outputs, and with the parameters that it was given as a cell of its own.
 * @throws {FailureError} if it is no notebook, a cell fails or Jupyter does not start.
 */
export async function executeNotebook(
  file: string,
  { signal, parameters = {} }: NotebookOptions,
): Promise<Notebook> {
  const notebook = readNotebook(await readFile(file, "utf8"), file);
  const failed = (got: string, cause?: unknown) =>
    new FailureError(
      {
        rule: `${path.basename(file)} must run from its first to its last cell`,
        got,
        remedy: "open it with `.venv/bin/python -m jupyterlab notebooks`, or see `h2t doctor`",
      },
      { cause },
    );
  const args = [...papermill, "--parameters_yaml", JSON.stringify(parameters)];
  const { status, stdout, stderr } = await runInGroup(venvPython(projectFolder), args, {
    signal,
    cwd: path.dirname(file),
    input: JSON.stringify(notebook),
    environment: pythonEnvironment(),
  }).catch((cause: Error) => {
    signal.throwIfAborted();
    throw failed(cause.message, cause);
  });
  if (status !== 0) throw failed(kernelErrorOf(stderr) || `exit status ${status}`);
  return withoutTraces(readNotebook(stdout, file));
}
