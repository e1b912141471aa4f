import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readStamp } from "./stamp.ts";
import type { Step } from "./step.ts";

/**
 * What Jupyter must know to start the TypeScript kernel.
 *
 * @param folder - the project folder; the paths to Node and tslab are absolute, for Jupyter starts kernels elsewhere.
 */
export function kernelSpec(folder: string): string {
  const tslab = join(folder, "node_modules/tslab/bin/tslab");
  const argv = [process.execPath, tslab, "kernel", "--config-path", "{connection_file}"];
  return JSON.stringify({ argv, display_name: "TypeScript (tslab)", language: "typescript" }, undefined, 2);
}

/** The TypeScript kernel, registered with the Jupyter of `.venv`; again when the project or Node has moved. */
export function kernelStep(folder: string): Step {
  const specFile = join(folder, ".venv/share/jupyter/kernels/tslab/kernel.json");
  return {
    name: "Jupyter kernel",
    isDone: () => readStamp(specFile) === kernelSpec(folder),
    run() {
      mkdirSync(dirname(specFile), { recursive: true });
      writeFileSync(specFile, `${kernelSpec(folder)}\n`);
    },
  };
}
