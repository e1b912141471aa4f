import { basename } from "node:path";
import type { Experiment, Profile } from "../experiments/experiment.ts";
import { storeFile } from "../storage/store-file.ts";
import { analysisEnding, entriesOf, textOf } from "../storage/stored-files.ts";
import { packDigests } from "./pack-digests.ts";
import type { RunRecord } from "./record.ts";
import { type RecordFile, readIndexed } from "./record-index.ts";
import { runIdOf } from "./run-plan.ts";

/** A record and where it is stored: `shipped` with the kit (`results/`), or `yours` (`runs/`). */
export interface StoredRecord {
  readonly record: RunRecord;
  readonly file: string;
  readonly keeper: "shipped" | "yours";
  /** Whether its images are those of the pack that is in the data folder now; absent where nobody looked. */
  readonly onPack?: boolean;
}

/** Where records are kept; a folder that does not exist holds none. */
export interface RecordFolders {
  /** Holds `<runId>.json`. */
  readonly shipped?: string;
  /** Holds `<runId>/record.json`; a run without one is not finished. */
  readonly yours?: string;
  /** Packed data sets, a folder each: records on a pack that is there now are marked. */
  readonly data?: string;
}

/**
 * Reads one run's record.
 *
 * @param runId - the run that the file must belong to.
 * @throws {FailureError} if the record is missing, damaged, was changed, or is another run's; names the file.
 */
export async function readRecord(file: string, runId: string): Promise<RunRecord> {
  const text = await textOf(file);
  const { missingRecord, parseRecord } = await import("./parse-record.ts");
  if (text === undefined) throw missingRecord(file);
  return parseRecord(text, file, runId);
}

/** The files of shipped records, in the order of run ids. */
const shippedFiles = async (folder: string | undefined): Promise<RecordFile[]> =>
  (await entriesOf(folder))
    .filter((name) => name.endsWith(".json") && !name.endsWith(analysisEnding))
    .map((name) => ({ runId: basename(name, ".json"), name }));

/** Where records of yours are, if the runs have ended, in the order of run ids. */
const yourFiles = async (folder: string | undefined): Promise<RecordFile[]> =>
  (await entriesOf(folder)).map((runId) => ({ runId, name: `${runId}/record.json` }));

/**
 * Reads every finished run's record, shipped ones first, each folder in the order of run ids.
 *
 * @param folders - of the shipped records, of yours and of data sets; a folder that is left out, or absent, has none.
 * @returns each with its keeper and its file.
 * @throws {FailureError} if a record is damaged, was changed, or is stored under another run's name; names the file.
 * @example const records = await readRecords({ shipped: paths.results, yours: paths.runs });
 */
export async function readRecords({ shipped, yours, data }: RecordFolders): Promise<StoredRecord[]> {
  const packs = data === undefined ? null : await packDigests(data);
  const theirs = await readIndexed(shipped, await shippedFiles(shipped));
  const own = await readIndexed(yours, await yourFiles(yours));
  const records = [
    ...theirs.map((found) => ({ keeper: "shipped" as const, ...found })),
    ...own.map((found) => ({ keeper: "yours" as const, ...found })),
  ];
  if (packs === null) return records;
  const isPacked = ({ configuration, data: images }: RunRecord) =>
    packs.get(configuration.dataset) === images.digest;
  return records.map((stored) => ({ ...stored, onPack: isPacked(stored.record) }));
}

/**
 * Writes a record whole or not at all, keys sorted, so that equal records are equal files, and with a digest of its content.
 *
 * @throws {z.ZodError} if the record is not one, such as after a NaN.
 */
export async function writeRecord(file: string, record: RunRecord): Promise<void> {
  const { recordText } = await import("./parse-record.ts");
  await storeFile(file, recordText(record));
}

/** Seed of the stage I that a run belongs to: its own, or that of the run that it starts from. */
export const stageOneSeed = ({ seed, fromSeed }: Pick<RunRecord, "seed" | "fromSeed">): number =>
  fromSeed ?? seed;

/**
 * The records of a row, whatever their seeds and data digest, in the order of the seeds of stage I, then of their own.
 *
 * @param records - as `readRecords` returns them.
 * @param experiment - the row.
 * @param profile - records of other profiles are left out.
 * @returns none where it was not run.
 * @example recordsOf(records, findExperiment("table-1/cifar10/100/dr-h2t"), "paper").map(({ record }) => record.bestOnTest.epoch);
 */
export function recordsOf(
  records: readonly StoredRecord[],
  experiment: Experiment,
  profile: Profile,
): StoredRecord[] {
  return records
    .filter(
      ({ record }) =>
        record.profile === profile &&
        // Cheap, and nearly always enough to leave a record out.
        record.configuration.dataset === experiment.dataset &&
        record.configuration.imbalanceRatio === experiment.imbalanceRatio &&
        record.runId ===
          runIdOf(experiment, record.seed, record.profile, record.data.digest, stageOneSeed(record)),
    )
    .sort(({ record: a }, { record: b }) => stageOneSeed(a) - stageOneSeed(b) || a.seed - b.seed);
}
