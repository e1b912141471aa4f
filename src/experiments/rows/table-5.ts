import type { Experiment } from "../experiment.ts";
import { linear, mixupRepresentation } from "../methods/cross-entropy.ts";
import { decoupled } from "../methods/decoupling.ts";
import { fused } from "../methods/head-to-tail.ts";

const shared = {
  dataset: "cifar100",
  imbalanceRatio: 100,
  backbone: "resnet32",
  classifier: linear,
} as const satisfies Partial<Experiment>;

const dr = decoupled(100);

/** Stage I of every other row. */
const from = "table-5/ce";

/** What every row with fusion shares. */
const h2t = { ...shared, from, base: "table-5/dr" } as const;

/** Table 5: which sampler feeds the fusing branch. `ce`, `dr` and `bs-is` share their runs with Table 1. */
export const table5Rows = [
  { id: from, label: "CE loss", ...shared, stage: mixupRepresentation },
  { id: "table-5/dr", label: "DR w.o. H2T", ...shared, stage: dr, from },
  { ...h2t, id: "table-5/bs-rs", label: "BS+RS", stage: fused(dr, { fusingSampler: "reversed" }) },
  { ...h2t, id: "table-5/bs-bs", label: "BS+BS", stage: fused(dr, { fusingSampler: "class-balanced" }) },
  { ...h2t, id: "table-5/bs-is", label: "BS+IS", stage: fused(dr) },
] as const satisfies readonly Experiment[];
