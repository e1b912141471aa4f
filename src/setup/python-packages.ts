import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../errors.ts";
import { variable } from "./environment.ts";
import { pipFixes } from "./pip-fixes.ts";
import { inspectMachine } from "./prerequisites.ts";
import { pythonEnvironment } from "./python-environment.ts";
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

/** The lock file of a build: every package that it needs, pinned, with the hashes that its files may have. */
export const lockFile = (build: TensorFlowBuild): string =>
  build === "cpu" ? "requirements.lock" : `requirements.${build}.lock`;

/** The virtual environment `.venv` with TensorFlow's library and Jupyter, as locked. */
export function pythonPackagesStep(folder: string, environment: NodeJS.ProcessEnv = process.env): Step {
  const wanted = () => {
    const build = wantedBuild(variable("H2T_TENSORFLOW", environment), readStamp(venvStamp(folder)));
    const lock = lockFile(build);
    return { lock, stamp: `${build} ${digestOf(readFileSync(join(folder, lock), "utf8"))}` };
  };
  return {
    name: "Python packages",
    expectation: "about 2 minutes; 2 GB of disk",
    isDone: () =>
      isStamped(venvStamp(folder), wanted().stamp) &&
      existsSync(venvPython(folder)) &&
      findTensorFlow(folder) !== undefined,
    run() {
      const { lock, stamp } = wanted();
      // Cleared each time: an interrupted pip may leave half a package, and the two builds share one folder.
      runCommand(
        {
          program: inspectMachine(environment).python?.program ?? "python3",
          args: ["-m", "venv", "--clear", ".venv"],
          environment: pythonEnvironment(environment),
          rule: "set-up creates the folder .venv with python -m venv",
          remedy: "mend that and repeat: npm run setup",
        },
        folder,
      );
      // JupyterLab runs scripts of its own with Node, which would take them for ES modules as our package.json says.
      writeFileSync(join(folder, ".venv/package.json"), '{ "type": "commonjs" }\n');
      runCommand(
        {
          program: venvPython(folder),
          // Uncompiled, which saves half a minute: most of it is TensorFlow's Python, which nobody imports.
          args: [
            ...["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-compile"],
            // Only files whose hashes are locked, and none that would run a script to build itself.
            // Whatever pip's configuration says: the user's own packages are another place.
            "--no-user",
            ...["--require-hashes", "--only-binary", ":all:", "-r", lock],
          ],
          rule: `set-up installs the Python packages of ${lock}`,
          environment: pythonEnvironment(environment),
          fixes: pipFixes,
          remedy: "repeat: npm run setup",
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

/** Where the installed TensorFlow keeps its libraries and headers, relative to the project folder. */
export function findTensorFlow(folder: string): string | undefined {
  const parent = join(folder, ".venv/lib");
  return (existsSync(parent) ? readdirSync(parent) : [])
    .map((version) => `.venv/lib/${version}/site-packages/tensorflow`)
    .find((path) => existsSync(join(folder, path, "libtensorflow_cc.so.2")));
}
