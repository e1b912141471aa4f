import { type GroupColumns, groupColumns, type PublishedTable } from "./published-table.ts";

/**
 * Table 5: impact of the fusing branch's sampler on CIFAR-100-LT at ratio 100, ResNet-32; X+Y is fused + fusing sampler.
 *
 * BS is the class-balanced sampler, RS the reversed and IS the instance one.
 * @source paper Table 5
 */
export const publishedTable5 = {
  title: "Impact of different samplers, CIFAR100-LT at imbalance ratio 100, ResNet-32",
  columns: groupColumns,
  single: [
    { key: "ce", name: "CE loss", year: null, source: "re-run", percent: [67.86, 38.51, 5.66, 39.55] },
    { key: "dr", name: "DR w.o. H2T", year: null, source: "re-run", percent: [63.67, 46.63, 22.21, 45.68] },
    { key: "bs-rs", name: "BS+RS", year: null, source: "re-run", percent: [63.56, 48.6, 24.07, 46.87] },
    { key: "bs-bs", name: "BS+BS", year: null, source: "re-run", percent: [62.72, 49.14, 25.93, 47.3] },
    { key: "bs-is", name: "BS+IS", year: null, source: "re-run", percent: [62.0, 50.17, 27.07, 47.73] },
  ],
  multiExpert: [],
} as const satisfies PublishedTable<GroupColumns>;
