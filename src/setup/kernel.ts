import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { installTranslator, isTranslatorInstalled } from "./papermill-translator.ts";
import { readStamp } from "./stamp.ts";
import type { Step } from "./step.ts";

/** A kernel as a command line and a title for people. */
interface Kernel {
  /** Only one says TypeScript: tools that look for a kernel by language, as jupytext does, take any that says it. */
  readonly language: "typescript" | "tslab";
  /** Relative to the project folder, and its arguments; Node runs it. */
  readonly program: readonly string[];
  readonly title: string;
  /** Whether it is stopped by a message; otherwise by SIGINT. */
  readonly takesMessages: boolean;
}

const main = "dist/kernel/main.js";
/** Stopping a cell by force leaves Node's asynchronous stack in disorder; `kernel/protocol/async-checks.ts` says more. */
const nodeOptions = ["--no-force-async-hooks-checks"];

/** Cells may import .ts files, which tsx compiles: never from its cache, which another user of the machine might have filled. */
const withoutTsxCache = { TSX_DISABLE_CACHE: "1" };

/** The kernels by the names under which notebooks ask for them. */
const kernels = {
  "h2t-ts": {
    language: "typescript",
    program: [main, "--engine", "own"],
    title: "TypeScript (h2t-kit)",
    takesMessages: true,
  },
  "h2t-tslab": {
    language: "tslab",
    program: [main, "--engine", "tslab"],
    title: "TypeScript (tslab in h2t-kit)",
    takesMessages: true,
  },
  tslab: {
    language: "tslab",
    program: ["node_modules/tslab/bin/tslab", "kernel", "--config-path"],
    title: "TypeScript (tslab)",
    takesMessages: false,
  },
} as const satisfies Record<string, Kernel>;

/** A kernel's name. */
export type KernelName = keyof typeof kernels;

/** Every kernel, as set-up registers them. */
export const kernelNames = Object.keys(kernels) as KernelName[];

/**
 * What Jupyter must know to start a kernel.
 *
 * @param folder - the project folder; the paths to Node and the kernel are absolute, for Jupyter starts kernels elsewhere.
 */
export function kernelSpec(folder: string, name: KernelName): string {
  const { language, program, title, takesMessages }: Kernel = kernels[name];
  const [file = "", ...args] = program;
  const options = file === main ? nodeOptions : [];
  const spec = {
    argv: [process.execPath, ...options, join(folder, file), ...args, "{connection_file}"],
    display_name: title,
    language,
    ...(takesMessages && { interrupt_mode: "message" }),
    ...(file === main && { env: withoutTsxCache }),
  };
  return JSON.stringify(spec, undefined, 2);
}

/** Where the Jupyter of `.venv` finds a kernel's description. */
export const kernelSpecFile = (folder: string, name: KernelName): string =>
  join(folder, ".venv/share/jupyter/kernels", name, "kernel.json");

/** Registers a kernel with the Jupyter of `.venv`. */
export function installKernel(folder: string, name: KernelName): void {
  const file = kernelSpecFile(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${kernelSpec(folder, name)}\n`);
}

/** The TypeScript kernels, registered with the Jupyter of `.venv`; again when the project or Node has moved. */
export function kernelStep(folder: string): Step {
  return {
    name: "Jupyter kernels",
    isDone: () =>
      kernelNames.every((name) => readStamp(kernelSpecFile(folder, name)) === kernelSpec(folder, name)) &&
      isTranslatorInstalled(folder),
    run() {
      for (const name of kernelNames) installKernel(folder, name);
      installTranslator(folder);
    },
  };
}
