import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { FailureError } from "../errors.ts";
import { canonicalJson } from "../storage/canonical-json.ts";
import { storeFile } from "../storage/store-file.ts";
import { textOf } from "../storage/stored-files.ts";
import type { RunRecord } from "./record.ts";
import { sourcesDigest } from "./sources.ts";

/** Where the record of a run would be. */
export interface RecordFile {
  readonly runId: string;
  /** Relative to the folder of records. */
  readonly name: string;
}

/** Beside the records; generated, so that many of them need not be read to show a table. */
export const indexName = "records.index";

/** A folder with fewer records is read as fast as its index. */
const leastRecords = 16;

/** A file that changed so few milliseconds ago may change again without a new time. */
const settlingTime = 1_000;

/** What the index holds of a record: all but its history, which is most of the file and read when it is asked for. */
interface Entry {
  /** What tells whether the file is as it was when it was checked. */
  readonly mark: string;
  /** SHA-256 of the file's text. */
  readonly digest: string;
  readonly record: Omit<RunRecord, "history">;
}

type Entries = ReadonlyMap<string, Entry>;

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Size and times of a file, or undefined without one. */
function markOf(file: string): { readonly mark: string; readonly changed: number } | undefined {
  try {
    const { size, mtimeMs, ctimeMs, ino } = statSync(file);
    return { mark: [size, mtimeMs, ctimeMs, ino].join(" "), changed: Math.max(mtimeMs, ctimeMs) };
  } catch {
    // Reading it says why, or finds none.
    return;
  }
}

/** The first line names who wrote the rest: other sources might have checked less, or something else. */
const headerOf = (body: string) => `${sourcesDigest()} ${sha256(body)}`;

/** The index of a folder; empty where there is none, it is damaged, or other sources wrote it. */
async function openIndex(folder: string): Promise<Entries> {
  const text = (await textOf(join(folder, indexName)).catch(() => undefined)) ?? "";
  const end = text.indexOf("\n");
  const body = text.slice(end + 1);
  return end > 0 && text.slice(0, end) === headerOf(body) ? new Map(JSON.parse(body)) : new Map();
}

/** Keeps the index where it can; a folder that only others may write goes without. */
async function keepIndex(folder: string, entries: Entries): Promise<void> {
  const body = JSON.stringify([...entries]);
  await storeFile(join(folder, indexName), `${headerOf(body)}\n${body}`).catch(() => {});
}

/** A record of the index, which reads its history from the file when it is asked for it. */
function recordOf({ record, digest }: Entry, file: string): RunRecord {
  let history: RunRecord["history"] | undefined;
  const read = () => {
    const text = readFileSync(file, "utf8");
    if (sha256(text) === digest) return JSON.parse(text).history;
    throw new FailureError({
      code: "RECORD_CHANGED",
      problem: `${file} changed while it was in use`,
      fix: "rerun the command",
    });
  };
  return Object.defineProperty({ ...record } as RunRecord, "history", {
    configurable: true,
    enumerable: true,
    get: () => {
      history ??= read();
      return history;
    },
  });
}

/** What the index is to hold of a record; nothing where its history cannot be taken from the file as it stands. */
function entryOf({ history, ...record }: RunRecord, text: string, mark: string): Entry | undefined {
  const stored = JSON.parse(text).history;
  return canonicalJson(stored) === canonicalJson(history)
    ? { mark, digest: sha256(text), record }
    : undefined;
}

/**
 * The records of a folder, those that are as they were from its index, the others from their files, after which the index has them.
 *
 * @param folder - undefined has none.
 * @param files - where records may be, in the order in which they are returned.
 * @param now - milliseconds since 1970.
 * @throws {FailureError} if a record is damaged, was changed, or is stored under another run's name; names the file.
 */
export async function readIndexed(
  folder: string | undefined,
  files: readonly RecordFile[],
  now = Date.now(),
): Promise<{ readonly file: string; readonly record: RunRecord }[]> {
  if (folder === undefined) return [];
  const keeps = files.length >= leastRecords;
  const before: Entries = keeps ? await openIndex(folder) : new Map();
  const after = new Map<string, Entry>();
  const found: { file: string; record: RunRecord }[] = [];
  let isCurrent = true;
  for (const { runId, name } of files) {
    const file = join(folder, name);
    const look = markOf(file);
    const known = before.get(name);
    if (look !== undefined && known?.mark === look.mark) {
      after.set(name, known);
      found.push({ file, record: recordOf(known, file) });
      continue;
    }
    const text = await textOf(file);
    if (text === undefined) continue;
    const { parseRecord } = await import("./parse-record.ts");
    const record = parseRecord(text, file, runId);
    found.push({ file, record });
    const isSettled = look !== undefined && look.changed < now - settlingTime;
    const entry = isSettled ? entryOf(record, text, look.mark) : undefined;
    if (entry === undefined) continue;
    after.set(name, entry);
    isCurrent = false;
  }
  if (keeps && !(isCurrent && after.size === before.size)) await keepIndex(folder, after);
  return found;
}
