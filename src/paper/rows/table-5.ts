import type { Experiment } from "../experiment.ts";
import { linear, mixupRepresentation } from "../methods/cross-entropy.ts";
import { decoupled } from "../methods/decoupling.ts";
import { fused } from "../methods/head-to-tail.ts";

const base = {
  dataset: "cifar100",
  imbalanceRatio: 100,
  backbone: "resnet32",
  classifier: linear,
} as const satisfies Partial<Experiment>;

const dr = decoupled(100);

/** Stage I of every other row. */
const from = "table-5/ce";

/** Table 5: which sampler feeds the fusing branch. `ce`, `dr` and `bs-is` share their runs with Table 1. */
export const table5Rows = [
  { id: from, label: "CE loss", ...base, stage: mixupRepresentation },
  { id: "table-5/dr", label: "DR w.o. H2T", ...base, stage: dr, from },
  { id: "table-5/bs-rs", label: "BS+RS", ...base, stage: fused(dr, { fusingSampler: "reversed" }), from },
  {
    id: "table-5/bs-bs",
    label: "BS+BS",
    ...base,
    stage: fused(dr, { fusingSampler: "class-balanced" }),
    from,
  },
  { id: "table-5/bs-is", label: "BS+IS", ...base, stage: fused(dr), from },
] as const satisfies readonly Experiment[];
