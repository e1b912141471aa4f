import type { GroupRule } from "../../evaluation/evaluate-predictions.ts";
import type { DatasetName, Profile, StandInName } from "../../experiments/experiment.ts";
import type { TableColumn, TableMethod } from "../../experiments/tables/table.ts";
import type { RunRecord } from "../../runs/record.ts";
import type { StoredRecord } from "../../runs/records.ts";

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

/** The mean of the runs that share one stage I, in percent or percentage points. */
export interface StageOneMean {
  /** Of stage I. */
  readonly seed: number;
  readonly mean: number;
  readonly runs: number;
}

/** How sure a mean is: its unit is the stage-I seed. */
export interface Estimate {
  /** 95 % interval by Student's t over the means of the stages I; `null` with fewer than three of them. */
  readonly interval: readonly [low: number, high: number] | null;
  /** One per stage-I seed, in their order. */
  readonly stageOnes: readonly StageOneMean[];
  /** Sample standard deviation over stage-II seeds of the same stage I; `null` where each has one. */
  readonly stageTwo: {
    readonly deviation: number;
    /** Most stage-II seeds of one stage I. */
    readonly seeds: number;
  } | null;
}

/** How much a row improves on its base: the mean of paired differences, in percentage points. */
export interface Gain extends Estimate {
  readonly points: number;
  readonly pairs: number;
  /** The individual differences, one per pair. */
  readonly differences: readonly number[];
}

/** What the records of a row say in one cell. */
export interface Measured extends Estimate {
  /** Mean over stage-I seeds of the mean over their stage-II seeds; `null` where the group has no class. */
  readonly percent: number | null;
  /** Ours minus the paper's, in percentage points; `null` where the two cannot be compared. */
  readonly difference: number | null;
  /** `null` where the row has no base, or no run of it to be paired with. */
  readonly gain: Gain | null;
  readonly origin: RunRecord["data"]["origin"];
  /** Of the packed data set. */
  readonly digest: string;
  readonly runs: readonly MeasuredRun[];
}

/** One packing of a data set's images. */
export interface Pack {
  readonly digest: string;
  readonly origin: RunRecord["data"]["origin"];
  /** Records of the table that were measured on it. */
  readonly records: number;
}

/** Which pack of a data set each column of ours shows: one for the whole table. */
export interface ShownPacks {
  readonly dataset: DatasetName;
  readonly shipped: Pack | null;
  readonly yours: Pack | null;
  /** Packs whose records the table leaves out. */
  readonly hidden: readonly Pack[];
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
  /** One entry per data set with records. */
  readonly packs: readonly ShownPacks[];
  /** What is measured on what: to be read before the numbers. */
  readonly caption: string;
  readonly footnotes: readonly string[];
  /** Fills the cells without any record; `null` where there is none to fill. */
  readonly command: string | null;
}
