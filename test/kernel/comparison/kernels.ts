import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { projectFolder } from "../../../src/setup/project-folder.ts";
import { venvPython } from "../../../src/setup/python-packages.ts";

/** Kernels by the name that Jupyter knows them by, in the table's order, with its headings. */
export const kernels = {
  "h2t-ts": "h2t-ts, TypeScript",
  "h2t-tslab": "h2t-tslab, tslab",
  tslab: "stock tslab",
  deno: "Deno",
  python3: "ipykernel",
} as const;
export type KernelName = keyof typeof kernels;

const columnSchema = z.strictObject({
  measuredOn: z.iso.date(),
  version: z.string(),
  /** Of comparison.py; `null` where the kernel's language has no such thing. */
  facts: z.record(z.string(), z.union([z.boolean(), z.int(), z.null()])),
  /** Of conformance.py. */
  conformance: z.record(z.string(), z.string()),
});
const resultsSchema = z.partialRecord(z.enum(Object.keys(kernels) as [KernelName]), columnSchema);

export type Column = Readonly<z.infer<typeof columnSchema>>;
export type Comparison = Readonly<z.infer<typeof resultsSchema>>;

export const comparisonFile = fileURLToPath(new URL("results.json", import.meta.url));

/** What was found out about every kernel. */
export const storedComparison = (): Comparison =>
  resultsSchema.parse(JSON.parse(readFileSync(comparisonFile, "utf8")));

/** Those of the kernels that Jupyter finds here. */
export function installedKernels(): KernelName[] {
  const listed = execFileSync(venvPython(projectFolder), ["-m", "jupyter", "kernelspec", "list", "--json"], {
    encoding: "utf8",
  });
  const { kernelspecs } = JSON.parse(listed) as { kernelspecs: Record<string, unknown> };
  return (Object.keys(kernels) as KernelName[]).filter((name) => name in kernelspecs);
}
