import { readFileSync } from "node:fs";
import test from "ava";
import { factsOf } from "../facts-of.ts";
import { kernels, storedComparison } from "./kernels.ts";
import { page, pageWithTable } from "./page.ts";

const stored = storedComparison();

test("docs/kernel.md: its table is what was found out about each kernel", (t) => {
  t.deepEqual(Object.keys(stored).toSorted(), Object.keys(kernels).toSorted());
  t.is(readFileSync(page, "utf8"), pageWithTable(stored));
});

test("docs/kernel.md: what it says of our engine holds now", async (t) => {
  // But how long it takes, which depends on what else the machine does.
  const { "jupyter run": _, ...facts } = stored["h2t-ts"]?.facts ?? {};
  t.deepEqual((await factsOf("comparison/comparison.py", "h2t-ts", ...Object.keys(facts))).facts, facts);
});
