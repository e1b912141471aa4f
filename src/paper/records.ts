import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { canonicalJson } from "../canonical-json.ts";
import { FailureError } from "../errors.ts";
import type { Experiment, Profile } from "./experiment.ts";
import { type RunRecord, recordSchema } from "./record.ts";
import { hashOfRun, runIdOf } from "./run-id.ts";

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

/** Entries of a folder, sorted; none where there is no such folder. */
async function entriesOf(folder: string | undefined): Promise<string[]> {
  if (folder === undefined) return [];
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return;
    throw error;
  }
}

function parseRecord(text: string, file: string, runId: string): RunRecord {
  const damaged = (got: string, cause?: unknown) =>
    new FailureError(
      {
        rule: `${file} must be a whole run record`,
        got,
        remedy: "delete it and run its row again, or restore it from where it came",
      },
      { cause },
    );
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw damaged(`${text.length} characters that are not JSON`, cause);
  }
  const parsed = recordSchema.safeParse(content);
  if (!parsed.success)
    throw damaged(z.prettifyError(parsed.error).replaceAll(/\s*\n\s*/g, " "), parsed.error);
  const record = parsed.data;
  const { configuration, seed, profile, data } = record;
  const hash = hashOfRun({ configuration, seed, profile, dataDigest: data.digest });
  if (record.runId !== runId) throw damaged(`the record of run ${record.runId}`);
  if (hash !== runId) throw damaged(`a configuration of run ${hash}`);
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
  throw new FailureError({
    rule: `${file} must be a whole run record`,
    got: "no such file",
    remedy: "run its row again, or restore it from where it came",
  });
}

/**
 * Reads every finished run's record, shipped ones first, each folder in the order of run ids.
 *
 * @throws {FailureError} if a record is damaged, was changed, or lies under another run's name; names the file.
 */
export async function readRecords({ shipped, yours }: RecordFolders): Promise<StoredRecord[]> {
  const files = [
    ...(await entriesOf(shipped))
      .filter((name) => name.endsWith(".json"))
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
