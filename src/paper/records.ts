import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { canonicalJson } from "../canonical-json.ts";
import { storeFile } from "../store-file.ts";
import { analysisEnding } from "./analysis.ts";
import type { Experiment, Profile } from "./experiment.ts";
import { packDigests } from "./pack-digests.ts";
import { type RunRecord, recordSchema } from "./record.ts";
import { recordFault } from "./record-faults.ts";
import { refuseOtherVersion } from "./record-version.ts";
import { hashOfRun, runIdOf } from "./run-id.ts";
import { checkedBy, damaged, entriesOf, jsonOf, textOf } from "./stored-json.ts";

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

const recordKind = {
  schema: recordSchema,
  name: "run record",
  remedy: "delete it and run its row again, or restore it from where it came",
} as const;

/** SHA-256 over the canonical JSON of a stored record without this digest, which is in the block that comparisons leave out. */
function digestOf(content: StoredContent): string {
  const { digest: _digest, ...provenance } = content.provenance;
  return createHash("sha256")
    .update(canonicalJson({ ...content, provenance }))
    .digest("hex");
}

/** A record as the file holds it, whatever else may be in it. */
interface StoredContent {
  readonly provenance: object & { readonly digest?: string };
}

const textOfRecord = (content: StoredContent) => `${canonicalJson(content, true)}\n`;

/** Whether a file is as it was written, byte for byte. */
function confirmDigest(content: StoredContent, text: string, file: string): void {
  if (content.provenance.digest !== digestOf(content))
    throw damaged(recordKind, file, "content that does not match its digest");
  if (text !== textOfRecord(content)) throw damaged(recordKind, file, "bytes that were changed");
}

function parseRecord(text: string, file: string, runId: string): RunRecord {
  const content = jsonOf(recordKind, file, text);
  refuseOtherVersion(content, file, runId);
  const record = checkedBy(recordKind, file, content);
  confirmDigest(content as StoredContent, text, file);
  const fault = recordFault(record);
  if (fault !== null) throw damaged(recordKind, file, fault);
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
 * @param folders - of the shipped records, of yours and of data sets; a folder that is left out, or absent, has none.
 * @returns each with its keeper and its file.
 * @throws {FailureError} if a record is damaged, was changed, or is stored under another run's name; names the file.
 * @example const records = await readRecords({ shipped: paths.results, yours: paths.runs });
 */
export async function readRecords({ shipped, yours, data }: RecordFolders): Promise<StoredRecord[]> {
  const packs = data === undefined ? null : await packDigests(data);
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
    if (text === undefined) continue;
    const record = parseRecord(text, file, runId);
    const isPacked = packs?.get(record.configuration.dataset) === record.data.digest;
    records.push({ keeper, file, record, ...(packs && { onPack: isPacked }) });
  }
  return records;
}

/**
 * Writes a record whole or not at all, keys sorted, so that equal records are equal files, and with a digest of its content.
 *
 * @throws {z.ZodError} if the record is not one, such as after a NaN.
 */
export async function writeRecord(file: string, record: RunRecord): Promise<void> {
  const content = recordSchema.parse(record);
  const provenance = { ...content.provenance, digest: digestOf(content) };
  await storeFile(file, textOfRecord({ ...content, provenance }));
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
