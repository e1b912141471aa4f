import { basename, join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { canonicalJson } from "../canonical-json.ts";
import { analysisEnding } from "./analysis.ts";
import type { Experiment, Profile } from "./experiment.ts";
import { type RunRecord, recordSchema } from "./record.ts";
import { hashOfRun, runIdOf } from "./run-id.ts";
import { damaged, entriesOf, parseStored, textOf } from "./stored-json.ts";

/** A record and where it lies: `shipped` with the kit (`results/`), or `yours` (`runs/`). */
export interface StoredRecord {
  readonly record: RunRecord;
  readonly file: string;
  readonly keeper: "shipped" | "yours";
}

/** Where records are kept; a folder that does not exist holds none. */
export interface RecordFolders {
  /** Holds `<runId>.json`. */
  readonly shipped?: string;
  /** Holds `<runId>/record.json`; a run without one is not finished. */
  readonly yours?: string;
}

const recordKind = {
  schema: recordSchema,
  name: "run record",
  remedy: "delete it and run its row again, or restore it from where it came",
} as const;

function parseRecord(text: string, file: string, runId: string): RunRecord {
  const record = parseStored(recordKind, file, text);
  const { configuration, seed, profile, data } = record;
  const hash = hashOfRun({ configuration, seed, profile, dataDigest: data.digest });
  if (record.runId !== runId) throw damaged(recordKind, file, `the record of run ${record.runId}`);
  if (hash !== runId) throw damaged(recordKind, file, `a configuration of run ${hash}`);
  return record;
}

/**
 * Reads one run's record.
 *
 * @param runId - the run that the file must belong to.
 * @throws {FailureError} if the record is missing, damaged, was changed, or is another run's; names the file.
 */
export async function readRecord(file: string, runId: string): Promise<RunRecord> {
  const text = await textOf(file);
  if (text !== undefined) return parseRecord(text, file, runId);
  const remedy = "run its row again, or restore it from where it came";
  throw damaged({ ...recordKind, remedy }, file, "no such file");
}

/**
 * Reads every finished run's record, shipped ones first, each folder in the order of run ids.
 *
 * @throws {FailureError} if a record is damaged, was changed, or lies under another run's name; names the file.
 */
export async function readRecords({ shipped, yours }: RecordFolders): Promise<StoredRecord[]> {
  const files = [
    ...(await entriesOf(shipped))
      .filter((name) => name.endsWith(".json") && !name.endsWith(analysisEnding))
      .map((name) => ({
        keeper: "shipped" as const,
        runId: basename(name, ".json"),
        file: join(shipped ?? "", name),
      })),
    ...(await entriesOf(yours)).map((runId) => ({
      keeper: "yours" as const,
      runId,
      file: join(yours ?? "", runId, "record.json"),
    })),
  ];
  const records: StoredRecord[] = [];
  for (const { keeper, runId, file } of files) {
    const text = await textOf(file);
    if (text !== undefined) records.push({ keeper, file, record: parseRecord(text, file, runId) });
  }
  return records;
}

/**
 * Writes a record whole or not at all, keys sorted, so that equal records are equal files.
 *
 * @throws {z.ZodError} if the record is not one, such as after a NaN.
 */
export async function writeRecord(file: string, record: RunRecord): Promise<void> {
  await writeFileAtomic(file, `${canonicalJson(recordSchema.parse(record), true)}\n`, { fsync: true });
}

/**
 * The records of a row, whatever their seeds and data digest, in the order of the seeds of stage I, then of their own.
 *
 * @param records - as `readRecords` returns them.
 * @param experiment - the row.
 * @param profile - records of other profiles are left out.
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
          runIdOf(
            experiment,
            record.seed,
            record.profile,
            record.data.digest,
            record.fromSeed ?? record.seed,
          ),
    )
    .sort(
      ({ record: a }, { record: b }) => (a.fromSeed ?? a.seed) - (b.fromSeed ?? b.seed) || a.seed - b.seed,
    );
}
