import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { FailureError } from "../errors.ts";
import { projectFolder } from "../setup/project-folder.ts";
import { venvPython } from "../setup/python-packages.ts";
import { kernelErrorOf, type Notebook, readNotebook, withCounts, withParameters } from "./notebook.ts";

const run = promisify(execFile);

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
  const notebook = withParameters(readNotebook(await readFile(file, "utf8"), file), parameters);
  const execution = run(
    venvPython(projectFolder),
    [
      ...["-m", "nbconvert", "--to", "notebook", "--execute", "--stdin", "--stdout"],
      // Without times in the cells equal runs give equal notebooks.
      ...["--ExecutePreprocessor.timeout=-1", "--ExecutePreprocessor.record_timing=False"],
    ],
    { signal, cwd: path.dirname(file), maxBuffer: 2 ** 26 },
  );
  execution.child.stdin?.end(JSON.stringify(notebook));
  try {
    const { stdout } = await execution;
    return withCounts(readNotebook(stdout, file));
  } catch (cause) {
    signal.throwIfAborted();
    const { message, stderr = "" } = cause as Error & { stderr?: string };
    throw new FailureError(
      {
        rule: `${path.basename(file)} must run from its first to its last cell`,
        got: kernelErrorOf(stderr) || message,
        remedy: "open it with `.venv/bin/python -m jupyterlab notebooks`, or see `h2t doctor`",
      },
      { cause },
    );
  }
}
