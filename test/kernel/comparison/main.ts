import { existsSync } from "node:fs";
import { storeFile } from "../../../src/storage/store-file.ts";
import { factsOf } from "../facts-of.ts";
import { type Comparison, comparisonFile, installedKernels, storedComparison } from "./kernels.ts";
import { page, pageWithTable } from "./page.ts";

// Tries every fact on every kernel that is installed here, or on those that are named, one after another, and puts the table into docs/kernel.md; others keep
// what was found out before. Some minutes, for some kernels leave much unanswered.

const stored = (): Comparison => (existsSync(comparisonFile) ? storedComparison() : {});
const named = process.argv.slice(2);
for (const kernel of installedKernels()) {
  if (named.length > 0 && !named.includes(kernel)) continue;
  process.stderr.write(`${kernel} …\n`);
  const { version, facts } = await factsOf("comparison/comparison.py", kernel);
  const column = {
    measuredOn: new Date().toISOString().slice(0, 10),
    ...{ version, facts, conformance: await factsOf("conformance.py", kernel) },
  } as NonNullable<Comparison[typeof kernel]>;
  const comparison: Comparison = { ...stored(), [kernel]: column };
  await storeFile(comparisonFile, `${JSON.stringify(comparison, null, 2)}\n`);
}
await storeFile(page, pageWithTable(stored()));
