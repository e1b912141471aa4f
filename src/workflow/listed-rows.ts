import { UsageError } from "../errors.ts";
import { type Experiment, type Profile, profiles } from "../experiments/experiment.ts";
import { experiments, findExperiment } from "../experiments/rows/experiments.ts";
import { recordsOf, type StoredRecord } from "../runs/records.ts";
import { planRun, withParents } from "../runs/run-plan.ts";
import { secondsLeft, timeEstimator } from "./estimated-time.ts";
import { idsUnder, rowsNamed } from "./rows-named.ts";

/** What `h2t list` says of a row under one profile. */
export interface ListedProfile {
  /** The row's id with the stand-in that the profile puts it on. */
  readonly id: string;
  readonly dataset: string;
  readonly records: readonly Pick<StoredRecord, "keeper" | "file">[];
  /** `null` when there are records, or when it is unknown. */
  readonly estimatedSeconds: number | null;
}

/** One row with what there is of it. */
export interface ListedRow {
  readonly id: string;
  readonly label: string;
  readonly dataset: string;
  readonly imbalanceRatio: number;
  readonly stage: "I" | "II";
  /** The row of stage I with which its training begins: rows of one chain have the same. */
  readonly chain: string;
  readonly profiles: Readonly<Record<Profile, ListedProfile>>;
}

/** Ids that begin with a prefix: up to a slash if there are such, else anywhere. */
function idsWith(prefix: string): string[] {
  const ids = experiments().map(({ id }) => id);
  const loose = ids.filter((id) => id.startsWith(prefix));
  const isExact = ids.some((id) => id === prefix || id.startsWith(`${prefix}/`));
  return isExact || loose.length === 0 ? idsUnder(prefix) : loose;
}

/** Rows that begin with a prefix such as `table-5@glyphs-100`, each with its chain. */
function rowsWith(prefix: string | undefined): { row: Experiment; chain: string }[] {
  const [beginning = "", standIn] = (prefix ?? "").split(/@(.*)/s);
  const all = experiments().map(({ id }) => id);
  const wanted = new Set(beginning === "" ? all : idsWith(beginning));
  // Named by the first row of all that is this stage I: rows of two tables may share the run.
  const chains = new Map<string, string>();
  return all.flatMap((id) => {
    const row = findExperiment(standIn === undefined ? id : `${id}@${standIn}`);
    const [root] = withParents(planRun(row, { seed: 0, profile: "paper", dataDigest: "" }));
    const key = root?.runId ?? "";
    const chain = chains.get(key) ?? root?.row.id ?? "";
    chains.set(key, chain);
    return wanted.has(id) ? [{ row, chain }] : [];
  });
}

/** The same, chain by chain, stage I first. */
function chained(rows: readonly { row: Experiment; chain: string }[]): typeof rows {
  const chains = [...new Set(rows.map(({ chain }) => chain))];
  return chains.flatMap((chain) => {
    const own = rows.filter((one) => one.chain === chain);
    const isStageOne = ({ row }: { readonly row: Experiment }) => row.from === undefined;
    return [...own.filter(isStageOne), ...own.filter((one) => !isStageOne(one))];
  });
}

/** The row as a profile runs it. */
function rowUnder(id: string, profile: Profile) {
  const [row] = rowsNamed([id], profile);
  if (row !== undefined) return row;
  throw new UsageError({ code: "ROW_UNKNOWN", problem: `no row is called "${id}"`, fix: "run `h2t list`" });
}

/**
 * The rows that begin with a prefix, chain by chain, stage I first.
 *
 * @param prefix - every row where it is undefined.
 * @param records - as `readRecords` returns them.
 * @throws {UsageError} if no row begins so; the nearest names are in the message.
 */
export function listedRows(prefix: string | undefined, records: readonly StoredRecord[]): ListedRow[] {
  const estimate = timeEstimator(records);
  const listed = (rowId: string, profile: Profile): ListedProfile => {
    const row = rowUnder(rowId, profile);
    const found = recordsOf(records, row, profile).map(({ keeper, file }) => ({ keeper, file }));
    const estimatedSeconds = found.length > 0 ? null : estimate(row, profile);
    return { id: row.id, dataset: row.dataset, records: found, estimatedSeconds };
  };
  return chained(rowsWith(prefix)).map(({ row, chain }) => {
    const { id, label, dataset, imbalanceRatio, from } = row;
    const stage = from === undefined ? "I" : "II";
    const under = {
      demo: listed(id, "demo"),
      trial: listed(id, "trial"),
      short: listed(id, "short"),
      paper: listed(id, "paper"),
    };
    return { id, label, dataset, imbalanceRatio, stage, chain, profiles: under };
  });
}

/**
 * Seconds left under each profile for rows without a record, one seed each.
 *
 * @param rows - as `listedRows` returns them.
 */
export const timesLeft = (rows: readonly ListedRow[], records: readonly StoredRecord[]) =>
  profiles.map((profile) => ({
    profile,
    seconds: secondsLeft(
      rows.map(({ id }) => rowUnder(id, profile)),
      profile,
      records,
    ),
  }));
