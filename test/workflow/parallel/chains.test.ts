import test from "ava";
import type { Profile } from "../../../src/experiments/experiment.ts";
import { chainsOf } from "../../../src/workflow/parallel/chains.ts";
import { rowsNamed } from "../../../src/workflow/rows-named.ts";
import { plannedRuns } from "../../../src/workflow/training-order.ts";

/** Chains as seed and rows. */
const chains = (names: readonly string[], seeds: readonly number[], fromSeed?: number) => {
  const profile: Profile = "paper";
  const runs = plannedRuns(rowsNamed(names, profile), seeds, fromSeed);
  return chainsOf(runs, profile, ({ row }) => row.dataset).map((chain) => [
    ...new Set(chain.map(({ seed }) => seed)),
    ...new Set(chain.map(({ row }) => row.id)),
  ]);
};

test("chainsOf: rows of one stage I form one chain, for each seed", (t) => {
  const rows = ["ce", "dr", "bs-rs", "bs-bs", "bs-is"].map((row) => `table-5/${row}`);
  t.deepEqual(chains(["table-5"], [3, 5]), [
    [3, ...rows],
    [5, ...rows],
  ]);
});

test("chainsOf: rows whose stage I is not named belong together, too", (t) => {
  t.deepEqual(chains(["table-5/dr", "table-5/bs-is"], [0]), [[0, "table-5/dr", "table-5/bs-is"]]);
});

test("chainsOf: a row of its own stage I is a chain of its own", (t) => {
  const at = "table-1/cifar10/50";
  const rows = ["ce", "ce-mixup", "dr-mu", "dr-h2t"].map((row) => `${at}/${row}`);
  t.deepEqual(chains(rows, [0]), [
    [0, `${at}/ce`],
    [0, `${at}/ce-mixup`, `${at}/dr-mu`, `${at}/dr-h2t`],
  ]);
});

test("chainsOf: rows of two tables that share a run, and so its stage I, share a chain", (t) => {
  t.deepEqual(chains(["table-5/ce", "table-1/cifar100/100/dr-h2t"], [0]), [
    [0, "table-5/ce", "table-1/cifar100/100/dr-h2t"],
  ]);
});

test("chainsOf: other images are another stage I", (t) => {
  t.is(chains(["table-5/dr", "table-5/dr@glyphs-100"], [0]).length, 2);
});

test("chainsOf: from one stage I, every seed of stage II is in its chain, and other seeds of stage I are not", (t) => {
  t.deepEqual(chains(["table-5/ce", "table-5/dr"], [3, 5], 5), [
    [3, "table-5/ce"],
    [5, 3, "table-5/ce", "table-5/dr"],
  ]);
  t.deepEqual(chains(["table-5/dr", "table-5/bs-is"], [0, 1, 2], 7), [
    [0, 1, 2, "table-5/dr", "table-5/bs-is"],
  ]);
});
