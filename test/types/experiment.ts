// Compiled by `npm run types`, never run: each line below must be refused by the compiler.
import type { Experiment } from "../../src/experiments/experiment.ts";
import { linear, plainRepresentation } from "../../src/experiments/methods/cross-entropy.ts";
import { decoupled } from "../../src/experiments/methods/decoupling.ts";
import { fused } from "../../src/experiments/methods/head-to-tail.ts";
import type { PublishedTable } from "../../src/experiments/published/published-table.ts";
import { publishedTable5 } from "../../src/experiments/published/table-5.ts";
import { table5Rows } from "../../src/experiments/rows/table-5.ts";
import type { ClassifierStage, RepresentationStage } from "../../src/stages/stage.ts";

const model = { backbone: "resnet32", classifier: linear } as const;
const good = { id: "x", label: "x", dataset: "cifar100", imbalanceRatio: 100, ...model } as const;

export const rows = [
  { ...good, stage: plainRepresentation },
  // @ts-expect-error an unknown data set
  { ...good, dataset: "cifar", stage: plainRepresentation },
  // @ts-expect-error a misspelt key
  { ...good, stage: plainRepresentation, form: "table-5/ce" },
  // @ts-expect-error a row without stage
  { ...good },
  // @ts-expect-error a cosine classifier without scale
  { ...good, classifier: { kind: "cosine" }, stage: plainRepresentation },
] as const satisfies readonly Experiment[];

export const stages = [
  // @ts-expect-error an unknown sampler
  { ...plainRepresentation, sampler: "balanced" },
  // @ts-expect-error a parameter of mixup without mixup
  { ...plainRepresentation, mixing: { kind: "none", alpha: 1 } },
  // @ts-expect-error fusion belongs to stage II
  { ...plainRepresentation, fusion: { kind: "none" } },
] as const satisfies readonly RepresentationStage[];

export const fusions = [
  // @ts-expect-error fusion without its ratio
  { ...fused(decoupled(100)), fusion: { kind: "headToTail", fusingSampler: "instance" } },
  // @ts-expect-error a parameter of fusion without fusion
  { ...fused(decoupled(100)), fusion: { kind: "none", ratio: 0.3 } },
] as const satisfies readonly ClassifierStage[];

// @ts-expect-error the rows of a table cannot be changed
table5Rows[0].imbalanceRatio = 50;

export const table = {
  title: "one number too few",
  columns: publishedTable5.columns,
  // @ts-expect-error four columns, three numbers
  single: [{ key: "ce", name: "CE", year: null, source: "re-run", percent: [67.86, 38.51, 5.66] }],
  multiExpert: [],
} as const satisfies PublishedTable<typeof publishedTable5.columns>;
