import { existsSync, mkdirSync, renameSync } from "node:fs";
import { join, relative } from "node:path";
import { inspectMachine } from "./prerequisites.ts";
import { findTensorFlow, venvStamp } from "./python-packages.ts";
import { runCommand } from "./run-command.ts";
import { digestFiles, digestOf, isStamped, readStamp, writeStamp } from "./stamp.ts";
import type { Step } from "./step.ts";

const packageFolder = "node_modules/@tensorflow/tfjs-node-gpu";
const sources = ["tfjs_backend.cc", "tfjs_binding.cc"].map((name) => `${packageFolder}/binding/${name}`);
/** Our own part of the addon: it keeps TensorFlow's log lines off the terminal. */
const logLevel = "src/setup/log-level.cc";
/** Where tfjs-node looks for its addon: Node-API version 8, the newest that it knows. */
const addonFolder = `${packageFolder}/lib/napi-v8`;

/** The compiled addon, relative to the project folder. */
export const addonFile = `${addonFolder}/tfjs_binding.node`;

/**
 * g++'s arguments for the addon, every path relative to the project folder.
 *
 * @param tensorFlow - the folder of TensorFlow's library, relative to the project folder.
 * @param output - the file to write.
 */
export function addonArguments(tensorFlow: string, output: string): string[] {
  // $ORIGIN is the addon's own folder, so the project may move; the loader, not a shell, replaces it.
  const libraryFolder = `$ORIGIN/${relative(addonFolder, tensorFlow)}`;
  return [
    ...["-std=c++17", "-O2", "-fPIC", "-shared", "-DNAPI_VERSION=8"],
    ...["-Inode_modules/node-api-headers/include", `-I${tensorFlow}/include`],
    ...[...sources, logLevel],
    ...["-o", output],
    ...[`-L${tensorFlow}`, "-l:libtensorflow_cc.so.2", "-l:libtensorflow_framework.so.2"],
    ...["-Wl,-z,initfirst", `-Wl,-rpath,${libraryFolder}`],
  ];
}

/** The native addon of tfjs-node and our log level, compiled against the TensorFlow in `.venv`. */
export function addonStep(folder: string): Step {
  const compilation = (output: string) => addonArguments(findTensorFlow(folder) ?? "no TensorFlow", output);
  const stampFile = join(folder, addonFolder, ".h2t-kit-stamp");
  const digest = () =>
    digestOf(
      digestFiles(folder, [`${packageFolder}/binding`, logLevel]),
      readStamp(venvStamp(folder)) ?? "no Python packages",
      ...compilation(addonFile),
    );
  return {
    name: "TensorFlow.js addon",
    expectation: "about 15 s",
    isDone: () => existsSync(join(folder, addonFile)) && isStamped(stampFile, digest()),
    run() {
      const unfinished = `${addonFile}.unfinished`;
      mkdirSync(join(folder, addonFolder), { recursive: true });
      runCommand(
        {
          program: inspectMachine().compiler ?? "g++",
          args: compilation(unfinished),
          rule: "set-up compiles TensorFlow.js's addon with g++",
          remedy: "type npm ci, then npm run setup",
        },
        folder,
      );
      renameSync(join(folder, unfinished), join(folder, addonFile));
      writeStamp(stampFile, digest());
    },
  };
}
