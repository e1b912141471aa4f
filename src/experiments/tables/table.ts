import type { DatasetName } from "../experiment.ts";

/** What a cell measures: accuracy over all classes, or the mean of a group's. */
export const metrics = ["head", "medium", "tail", "all"] as const;
export type Metric = (typeof metrics)[number];

/** Column headings of the paper's tables. */
export const metricLabels = {
  head: "Head",
  medium: "Med",
  tail: "Tail",
  all: "All",
} as const satisfies Record<Metric, string>;

export const tableNames = ["table-1", "table-2", "table-3", "table-4", "table-5"] as const;
export type TableName = (typeof tableNames)[number];

export interface TableColumn {
  readonly label: string;
  /** Heading over several columns; `null` where there is none. */
  readonly group: string | null;
  /** `null` where the kit does not read the data set yet. */
  readonly dataset: DatasetName | null;
  readonly metric: Metric;
}

/** `CIFAR100-LT, ratio 100`: a column's label below its heading. */
export const columnTitle = ({ group, label }: TableColumn): string =>
  group === null ? label : `${group} ${label}`;

export interface TableCell {
  /** In percent, as printed; `null` where the paper has no number. */
  readonly published: number | null;
  /** What the paper prints behind ↑; `null` where nothing. */
  readonly gain: number | null;
  /** The published accuracy that `gain` is said to be over; `null` where nothing is printed behind ↑. */
  readonly over: number | null;
  /** The row that measures this cell; `null` while the method cannot be run. */
  readonly rowId: string | null;
}

/** The parts of a table, in their order. */
export const tableParts = ["single", "multi-expert", "added", "stage-1"] as const;

export interface TableMethod {
  readonly key: string;
  readonly name: string;
  readonly year: number | null;
  /** `added`: not in the paper. */
  readonly source: "quoted" | "re-run" | "added";
  /** Under which heading it stands; `stage-1`: nothing but the stage I of other rows. */
  readonly part: (typeof tableParts)[number];
  /** Why the kit cannot run it though it runs other rows of the table; `null` where it can. */
  readonly quotedOnly: string | null;
  /** One a column. */
  readonly cells: readonly TableCell[];
}

/** A table, each published number linked with the row that measures it again. */
export interface PaperTable {
  /** One of `tableNames`, or that of a table made by `tableOfRows`. */
  readonly name: string;
  readonly title: string;
  /** What the kit needs before it can run any row: `ImageNet-LT and a ResNet-50`; absent where it needs nothing. */
  readonly waitsFor?: string;
  readonly columns: readonly TableColumn[];
  /** In the paper's order. */
  readonly methods: readonly TableMethod[];
}
