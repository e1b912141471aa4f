import { createHash } from "node:crypto";
import type { FailureError } from "../errors.ts";
import { canonicalJson } from "../storage/canonical-json.ts";
import { checkedBy, damaged, jsonOf } from "../storage/stored-json.ts";
import { type RunRecord, recordSchema } from "./record.ts";
import { recordFault } from "./record-faults.ts";
import { refuseOtherVersion } from "./record-version.ts";
import { hashOfRun } from "./run-plan.ts";

const recordKind = {
  schema: recordSchema,
  name: "run record",
  remedy: "delete it and run its row again, or restore it from where it came",
} as const;

/** SHA-256 over the canonical JSON of a stored record without this digest, which lies in the block that comparisons leave out. */
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

/**
 * The record that a file's text holds, after everything in it was checked.
 *
 * @throws {FailureError} if it is damaged, was changed, or is another run's; names the file.
 */
export function parseRecord(text: string, file: string, runId: string): RunRecord {
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

/** The error about a record that is not there. */
export const missingRecord = (file: string): FailureError =>
  damaged(
    { ...recordKind, remedy: "run its row again, or restore it from where it came" },
    file,
    "no such file",
  );

/**
 * A record as its file holds it: keys sorted, so that equal records are equal files, and with a digest of its content.
 *
 * @throws {z.ZodError} if the record is not one, such as after a NaN.
 */
export function recordText(record: RunRecord): string {
  const content = recordSchema.parse(record);
  return textOfRecord({ ...content, provenance: { ...content.provenance, digest: digestOf(content) } });
}
