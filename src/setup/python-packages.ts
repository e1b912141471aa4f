import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../errors.ts";
import { inspectMachine } from "./prerequisites.ts";
import { runCommand } from "./run-command.ts";
import { digestOf, isStamped, readStamp, writeStamp } from "./stamp.ts";
import type { Step } from "./step.ts";

const builds = ["cpu", "cuda"] as const;
/** Which TensorFlow: for processors, or for NVIDIA GPUs, which nobody has seen work yet. */
export type TensorFlowBuild = (typeof builds)[number];

/** The interpreter of the kit's own environment; call it as `python -m …`, since scripts beside it hold absolute paths. */
export const venvPython = (folder: string): string => join(folder, ".venv/bin/python");

/** Marks `.venv` as whole, and says which TensorFlow it holds. */
export const venvStamp = (folder: string) => join(folder, ".venv/.h2t-kit-stamp");

/** The virtual environment `.venv` with TensorFlow's library and Jupyter, as pinned in requirements.lock. */
export function pythonPackagesStep(folder: string, environment: NodeJS.ProcessEnv = process.env): Step {
  const lock = () => readFileSync(join(folder, "requirements.lock"), "utf8");
  const wanted = () => {
    const build = wantedBuild(environment.H2T_TENSORFLOW, readStamp(venvStamp(folder)));
    const pins = pinsFor(build, lock());
    return { pins, stamp: `${build} ${digestOf(pins)}` };
  };
  return {
    name: "Python packages",
    expectation: "about 2 minutes; 2 GB of disk",
    isDone: () =>
      isStamped(venvStamp(folder), wanted().stamp) &&
      existsSync(venvPython(folder)) &&
      findTensorFlow(folder) !== undefined,
    run() {
      const { pins, stamp } = wanted();
      // Cleared each time: an interrupted pip may leave half a package, and the two builds share one folder.
      runCommand(
        {
          program: inspectMachine(environment).python?.program ?? "python3",
          args: ["-m", "venv", "--clear", ".venv"],
          rule: "set-up creates the folder .venv with python -m venv",
          remedy: "mend that and repeat: npm run setup",
        },
        folder,
      );
      // JupyterLab runs scripts of its own with Node, which would take them for ES modules as our package.json says.
      writeFileSync(join(folder, ".venv/package.json"), '{ "type": "commonjs" }\n');
      const pinsFile = join(folder, ".venv/h2t-kit-requirements.txt");
      writeFileSync(pinsFile, pins);
      runCommand(
        {
          program: venvPython(folder),
          // Uncompiled, which saves half a minute: most of it is TensorFlow's Python, which nobody imports.
          args: [
            ...["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-compile"],
            ...["-r", pinsFile],
          ],
          rule: "set-up installs the Python packages of requirements.lock",
          remedy: "check the network and 2 GB of free disk, then repeat: npm run setup",
        },
        folder,
      );
      writeStamp(venvStamp(folder), stamp);
    },
  };
}

/**
 * Which TensorFlow to install: what the environment asks for, else what is installed, else the one for processors.
 *
 * @param asked - the value of `H2T_TENSORFLOW`.
 * @param stamp - the stamp of the present `.venv`.
 * @throws {UsageError} if `asked` names no build.
 */
export function wantedBuild(asked: string | undefined, stamp: string | undefined): TensorFlowBuild {
  if (!asked) return builds.find((build) => stamp?.startsWith(`${build} `)) ?? "cpu";
  const build = builds.find((name) => name === asked);
  if (build) return build;
  throw new UsageError({
    rule: "H2T_TENSORFLOW is cpu or cuda",
    got: `"${asked}"`,
    remedy: "leave it unset for cpu",
  });
}

/** requirements.lock with the TensorFlow of a build; the CUDA packages come unpinned, as TensorFlow asks for them. */
export function pinsFor(build: TensorFlowBuild, lock: string): string {
  return build === "cpu" ? lock : lock.replace(/^tensorflow-cpu==/m, "tensorflow[and-cuda]==");
}

/** Where the installed TensorFlow keeps its libraries and headers, relative to the project folder. */
export function findTensorFlow(folder: string): string | undefined {
  const parent = join(folder, ".venv/lib");
  return (existsSync(parent) ? readdirSync(parent) : [])
    .map((version) => `.venv/lib/${version}/site-packages/tensorflow`)
    .find((path) => existsSync(join(folder, path, "libtensorflow_cc.so.2")));
}
