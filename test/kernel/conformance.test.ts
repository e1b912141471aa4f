import test from "ava";
import { storedComparison } from "./comparison/kernels.ts";
import { factsOf } from "./facts-of.ts";

const [own, tslab] = await Promise.all([
  factsOf("conformance.py", "h2t-ts"),
  factsOf("conformance.py", "h2t-tslab"),
]);

/** The tests with another outcome than passed. */
const others = (outcomes: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(outcomes).filter(([, outcome]) => outcome !== "passed"));

// Payloads, by which IPython shows a page of text, are deprecated in the protocol.
const pager = { test_pager: "skipped: No code page something" };

test("jupyter-kernel-test: all pass with our engine", (t) => {
  t.is(Object.keys(own).length, 13);
  t.deepEqual(others(own), pager);
});

test("jupyter-kernel-test: with tslab's, but that it knows no clearOutput and takes some unfinished code for complete", (t) => {
  t.is(Object.keys(tslab).length, 13);
  const failed = others(tslab);
  t.deepEqual(Object.keys(failed).toSorted(), ["test_clear_output", "test_is_complete", "test_pager"]);
  t.is(failed.test_pager, pager.test_pager);
  t.is(failed.test_is_complete, "failed: For code sample\n  '`a'\nExpected 'incomplete', got 'complete'.");
});

test("docs/kernel.md: the Jupyter team's tests end for both engines as it says", (t) => {
  const { "h2t-ts": shownOwn, "h2t-tslab": shownTslab } = storedComparison();
  t.deepEqual(own, shownOwn?.conformance);
  t.deepEqual(Object.keys(others(tslab)), Object.keys(others(shownTslab?.conformance ?? {})));
});
