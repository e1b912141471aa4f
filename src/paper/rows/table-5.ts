import type { Experiment } from "../experiment.ts";
import { decoupled, fused, linear, mixupRepresentation } from "./recipes.ts";

const base = {
  dataset: "cifar100",
  imbalanceRatio: 100,
  classifier: linear,
} as const satisfies Partial<Experiment>;

/** Stage I of every other row. */
const from = "table-5/ce";

/** Table 5: which sampler feeds the fusing branch. `ce`, `dr` and `bs-is` share their runs with Table 1. */
export const table5Rows = [
  { id: from, label: "CE loss", ...base, stage: mixupRepresentation },
  { id: "table-5/dr", label: "DR w.o. H2T", ...base, stage: decoupled(100), from },
  { id: "table-5/bs-rs", label: "BS+RS", ...base, stage: fused(100, "reversed"), from },
  { id: "table-5/bs-bs", label: "BS+BS", ...base, stage: fused(100, "class-balanced"), from },
  { id: "table-5/bs-is", label: "BS+IS", ...base, stage: fused(100, "instance"), from },
] as const satisfies readonly Experiment[];
