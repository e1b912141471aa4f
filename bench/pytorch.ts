import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { FailureError, UsageError } from "../src/errors.ts";
import { inspectMachine, missingPrerequisites } from "../src/setup/prerequisites.ts";
import { projectFolder } from "../src/setup/project-folder.ts";
import type { Processes } from "./processes.ts";

const packages = ["torch==2.13.0", "numpy==2.2.6"] as const;
const size =
  "several GB where pip chooses a build for NVIDIA GPUs, as on most Linux machines; a build for processors has 0.2 GB";

/** How PyTorch may be come by. */
export interface PyTorchOptions {
  /** An interpreter that has it. */
  readonly python?: string;
  /** The virtual environment that holds it otherwise. @default bench/.venv */
  readonly venv?: string;
  /** Whether it may be installed without asking. */
  readonly yes: boolean;
  /** Asks somebody; absent where nobody watches. */
  readonly ask?: (question: string) => Promise<boolean>;
}

/**
 * An interpreter that can import PyTorch: the one that was named, else that of bench/.venv, which is made where it is missing.
 *
 * @throws {FailureError} if the named one cannot import it, or it cannot be installed.
 * @throws {UsageError} if it would have to be installed, and nobody agreed to that.
 */
export async function pythonWithPyTorch(options: PyTorchOptions, processes: Processes): Promise<string> {
  const { python, venv = path.join(projectFolder, "bench/.venv"), yes, ask } = options;
  if (python !== undefined) {
    const fault = faultOf(python);
    if (fault === null) return python;
    throw new FailureError({
      rule: "the interpreter of --python must import torch",
      got: `${python}: ${fault}`,
      remedy: `install it there with \`${python} -m pip install ${packages[0]}\`, or leave out --python`,
    });
  }
  const venvPython = path.join(venv, "bin/python");
  if (existsSync(venvPython) && faultOf(venvPython) === null) return venvPython;
  const agreed =
    yes || (await ask?.(`PyTorch is missing. Install ${packages[0]} into bench/.venv (${size})?`));
  if (agreed !== true) {
    throw new UsageError({
      rule: `PyTorch is installed into bench/.venv only with your consent (${size})`,
      got: agreed === undefined ? "no terminal to ask on" : "a no",
      remedy:
        "add --yes to install it, --python PATH to use an interpreter that has it, or --no-pytorch to leave it out",
    });
  }
  const machine = inspectMachine();
  const [missing] = missingPrerequisites(machine);
  if (missing !== undefined) throw missing;
  await processes.run(machine.python?.program ?? "python3", ["-m", "venv", "--clear", venv]);
  await processes.run(venvPython, [
    ...["-m", "pip", "install", "--disable-pip-version-check", "--no-input"],
    ...packages,
  ]);
  return venvPython;
}

/** Why an interpreter cannot import PyTorch, in its own words, or `null`. */
function faultOf(python: string): string | null {
  const { status, stderr, error } = spawnSync(python, ["-c", "import torch"], { encoding: "utf8" });
  if (status === 0) return null;
  return error?.message || stderr.trim().split("\n").at(-1) || `exit status ${status}`;
}
