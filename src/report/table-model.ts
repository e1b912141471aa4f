import type { GroupRule } from "../evaluation/evaluate-predictions.ts";
import type { Profile, StandInName } from "../paper/experiment.ts";
import type { RunRecord } from "../paper/record.ts";
import type { StoredRecord } from "../paper/records.ts";
import type { TableColumn, TableMethod } from "../paper/table.ts";

/** Which records a number comes from: those that ship with the kit, or the reader's own. */
export type Keeper = StoredRecord["keeper"];
export const keepers = ["shipped", "yours"] as const satisfies readonly Keeper[];

/** How a table is made from records. */
export interface TableOptions {
  /** Only records of this profile are shown: a table never mixes them. */
  readonly profile: Profile;
  /** The data set that stands in for the paper's. */
  readonly standIn?: StandInName;
  /** Groups by the paper's index ranges (default) or by the text's thresholds. */
  readonly groupRule?: GroupRule;
  /** The epoch with the best test accuracy (default, the paper's protocol) or the last one. */
  readonly epoch?: "bestOnTest" | "last";
}

/** One run behind a number. */
export interface MeasuredRun {
  readonly runId: string;
  readonly seed: number;
  /** Seed of the stage I that it starts from; `null` where it starts from none. */
  readonly fromSeed: number | null;
  readonly file: string;
  /** `null` where the group has no class. */
  readonly percent: number | null;
  readonly epoch: number;
}

/** By how much a row improves on its base: the mean of paired differences, in percentage points. */
export interface Gain {
  readonly points: number;
  /** Its 95 % interval; `null` with fewer than three pairs. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly pairs: number;
}

/** What the records of a row say in one cell. */
export interface Measured {
  /** Mean over the seeds; `null` where the group has no class. */
  readonly percent: number | null;
  /** Sample standard deviation over the seeds, in percentage points; `null` with a single seed. */
  readonly deviation: number | null;
  /** Ours minus the paper's, in percentage points; `null` where the two cannot be compared. */
  readonly difference: number | null;
  /** `null` where the row has no base, or no run of it to be paired with. */
  readonly gain: Gain | null;
  readonly origin: RunRecord["data"]["origin"];
  readonly runs: readonly MeasuredRun[];
}

export interface CellModel {
  readonly published: number | null;
  readonly gain: number | null;
  readonly rowId: string | null;
  /** What its row is said to improve on; `null` where it has no base. */
  readonly base: { readonly rowId: string; readonly name: string } | null;
  /** Settings of its row that no source gives, and what they were taken from. */
  readonly inferred: string | null;
  readonly shipped: Measured | null;
  readonly yours: Measured | null;
  /** Fills what is missing in `yours`; `null` where nothing is, or where nothing can. */
  readonly command: string | null;
}

export interface RowModel {
  readonly name: string;
  readonly year: number | null;
  readonly source: TableMethod["source"];
  readonly part: TableMethod["part"];
  readonly quotedOnly: TableMethod["quotedOnly"];
  readonly cells: readonly CellModel[];
}

/** A table with everything that its renderers print, as plain data. */
export interface TableModel {
  readonly name: string;
  readonly title: string;
  readonly options: Required<Omit<TableOptions, "standIn">> & { readonly standIn: StandInName | null };
  readonly columns: readonly TableColumn[];
  readonly rows: readonly RowModel[];
  /** What is measured on what: to be read before the numbers. */
  readonly caption: string;
  readonly footnotes: readonly string[];
  /** Fills the cells without any record; `null` where there is none to fill. */
  readonly command: string | null;
}
