import { type GroupColumns, groupColumns, type PublishedTable } from "./published-table.ts";

/**
 * Table 2: top-1 accuracy by group on ImageNet-LT, ResNet-50.
 * @source paper Table 2
 */
export const publishedTable2 = {
  title: "Top-1 accuracy on ImageNet-LT, ResNet-50",
  columns: groupColumns,
  single: [
    { key: "ce", name: "CE loss", year: null, source: "re-run", percent: [64.91, 38.1, 11.28, 44.51] },
    {
      key: "ldam-drw",
      name: "LDAM-DRW",
      year: 2019,
      source: "re-run",
      percent: [58.63, 48.95, 30.37, 49.96],
    },
    { key: "dr-mu", name: "DR+MU", year: 2020, source: "re-run", percent: [62.93, 49.77, 33.26, 52.18] },
    { key: "mislas", name: "MisLAS", year: 2021, source: "re-run", percent: [62.53, 49.82, 34.74, 52.29] },
    { key: "mbj", name: "MBJ", year: 2022, source: "quoted", percent: [61.6, 48.4, 39.0, 52.1] },
    { key: "gcl", name: "GCL", year: 2022, source: "re-run", percent: [62.24, 48.62, 52.12, 54.51] },
    { key: "ce-cmo", name: "CE+CMO", year: 2022, source: "quoted", percent: [67.0, 42.3, 20.5, 49.1] },
    { key: "bsce-cmo", name: "BSCE+CMO", year: 2022, source: "quoted", percent: [62.0, 49.1, 36.7, 52.3] },
    {
      key: "dr-h2t",
      name: "DR+H2T",
      year: null,
      source: "re-run",
      percent: [63.26, 50.43, 34.11, 52.74],
      gain: { over: "dr-mu", percent: [null, null, null, 0.56] },
    },
    {
      key: "mislas-h2t",
      name: "MisLAS+H2T",
      year: null,
      source: "re-run",
      percent: [62.42, 51.07, 35.36, 52.9],
      gain: { over: "mislas", percent: [null, null, null, 0.61] },
    },
    {
      key: "gcl-h2t",
      name: "GCL+H2T",
      year: null,
      source: "re-run",
      percent: [62.36, 48.75, 52.15, 54.62],
      gain: { over: "gcl", percent: [null, null, null, 0.11] },
    },
  ],
  multiExpert: [
    { key: "bbn", name: "BBN", year: 2020, source: "re-run", percent: [null, null, null, 48.3] },
    {
      key: "ride-90",
      name: "RIDE (90 eps)",
      year: 2021,
      source: "re-run",
      percent: [64.33, 51.73, 36.14, 54.08],
    },
    {
      key: "ride-180",
      name: "RIDE (180 eps)",
      year: 2021,
      source: "re-run",
      percent: [69.59, 53.06, 30.09, 55.72],
    },
    { key: "ace", name: "ACE", year: 2021, source: "quoted", percent: [null, null, null, 54.7] },
    { key: "reslt", name: "ResLT", year: 2022, source: "re-run", percent: [59.39, 50.97, 41.29, 52.66] },
    {
      key: "ride-90-h2t",
      name: "RIDE+H2T (90 eps)",
      year: null,
      source: "re-run",
      percent: [63.83, 53.71, 36.04, 54.74],
      gain: { over: "ride-90", percent: [null, null, null, 0.66] },
    },
    {
      key: "ride-180-h2t",
      name: "RIDE+H2T (180 eps)",
      year: null,
      source: "re-run",
      percent: [67.55, 54.95, 37.08, 56.92],
      gain: { over: "ride-180", percent: [null, null, null, 1.2] },
    },
    {
      key: "reslt-h2t",
      name: "ResLT+H2T",
      year: null,
      source: "re-run",
      percent: [62.29, 52.29, 35.31, 53.39],
      gain: { over: "reslt", percent: [null, null, null, 0.73] },
    },
  ],
} as const satisfies PublishedTable<GroupColumns>;
