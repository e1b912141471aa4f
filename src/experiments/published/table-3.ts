import { type GroupColumns, groupColumns, type PublishedTable } from "./published-table.ts";

/**
 * Table 3: top-1 accuracy by group on iNaturalist 2018, ResNet-50.
 * @source paper Table 3
 */
export const publishedTable3 = {
  title: "Top-1 accuracy on iNaturalist 2018, ResNet-50",
  columns: groupColumns,
  single: [
    { key: "ce", name: "CE loss", year: null, source: "re-run", percent: [76.1, 69.05, 62.44, 66.86] },
    { key: "ldam-drw", name: "LDAM-DRW", year: 2019, source: "re-run", percent: [null, null, null, 68.15] },
    { key: "dr-mu", name: "DR+MU", year: 2020, source: "re-run", percent: [72.88, 71.15, 69.24, 70.49] },
    { key: "mislas", name: "MisLAS", year: 2021, source: "re-run", percent: [72.52, 72.08, 70.76, 71.54] },
    { key: "mbj", name: "MBJ", year: 2022, source: "quoted", percent: [null, null, null, 70.0] },
    { key: "gcl", name: "GCL", year: 2022, source: "re-run", percent: [66.43, 71.66, 72.47, 71.47] },
    { key: "ce-cmo", name: "CE+CMO", year: 2022, source: "quoted", percent: [76.9, 69.3, 66.6, 68.9] },
    { key: "bsce-cmo", name: "BSCE+CMO", year: 2022, source: "quoted", percent: [68.8, 70.0, 72.3, 70.9] },
    {
      key: "dr-h2t",
      name: "DR+H2T",
      year: null,
      source: "re-run",
      percent: [71.73, 72.32, 71.3, 71.81],
      gain: { over: "dr-mu", percent: [null, null, null, 1.32] },
    },
    {
      key: "mislas-h2t",
      name: "MisLAS+H2T",
      year: null,
      source: "re-run",
      percent: [69.68, 72.49, 72.15, 72.05],
      gain: { over: "mislas", percent: [null, null, null, 0.51] },
    },
    {
      key: "gcl-h2t",
      name: "GCL+H2T",
      year: null,
      source: "re-run",
      percent: [67.74, 71.92, 72.22, 71.62],
      gain: { over: "gcl", percent: [null, null, null, 0.15] },
    },
  ],
  multiExpert: [
    { key: "bbn", name: "BBN", year: 2020, source: "re-run", percent: [null, null, null, 69.7] },
    {
      key: "ride-90",
      name: "RIDE (90 eps)",
      year: 2021,
      source: "re-run",
      percent: [72.05, 73.34, 70.23, 71.83],
    },
    {
      key: "ride-180",
      name: "RIDE (180 eps)",
      year: 2021,
      source: "re-run",
      percent: [76.52, 74.23, 70.45, 72.8],
    },
    { key: "ace", name: "ACE", year: 2021, source: "quoted", percent: [null, null, null, 72.9] },
    { key: "reslt", name: "ResLT", year: 2022, source: "quoted", percent: [64.85, 70.64, 72.11, 70.69] },
    {
      key: "ride-90-h2t",
      name: "RIDE+H2T (90 eps)",
      year: null,
      source: "re-run",
      percent: [71.26, 73.4, 71.26, 72.24],
      gain: { over: "ride-90", percent: [null, null, null, 0.41] },
    },
    {
      key: "ride-180-h2t",
      name: "RIDE+H2T (180 eps)",
      year: null,
      source: "re-run",
      percent: [75.69, 74.22, 71.36, 73.11],
      gain: { over: "ride-180", percent: [null, null, null, 0.31] },
    },
    {
      key: "reslt-h2t",
      name: "ResLT with H2T",
      year: null,
      source: "re-run",
      percent: [68.41, 72.31, 72.09, 71.88],
      gain: { over: "reslt", percent: [null, null, null, 1.19] },
    },
  ],
} as const satisfies PublishedTable<GroupColumns>;
