import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { z } from "zod";
import type { RecordFolders } from "../runs/records.ts";
import { analysisFile } from "../runs/run-folders.ts";
import { canonicalJson } from "../storage/canonical-json.ts";
import { storeFile } from "../storage/store-file.ts";
import { analysisEnding, entriesOf, textOf } from "../storage/stored-files.ts";
import { checkedBy, damaged, jsonOf } from "../storage/stored-json.ts";
import { type Analysis, analysisSchema } from "./analysis.ts";

const analysisKind = {
  schema: analysisSchema.extend({ digest: z.string() }),
  name: "analysis of a run",
  remedy: "delete it and run `h2t analyse` on its row again, or restore it from where it came",
} as const;

/** SHA-256 over the canonical JSON of an analysis: whether it is as it was written. */
const digestOf = (analysis: Analysis) => createHash("sha256").update(canonicalJson(analysis)).digest("hex");

const textOfAnalysis = (analysis: Analysis) =>
  `${canonicalJson({ ...analysis, digest: digestOf(analysis) }, true)}\n`;

function parseAnalysis(text: string, file: string, runId: string): Analysis {
  const { digest, ...analysis } = checkedBy(analysisKind, file, jsonOf(analysisKind, file, text));
  if (analysis.runId !== runId) throw damaged(analysisKind, file, `the analysis of run ${analysis.runId}`);
  if (digest !== digestOf(analysis)) throw damaged(analysisKind, file, "content that was changed");
  if (text !== textOfAnalysis(analysis)) throw damaged(analysisKind, file, "bytes that were changed");
  return analysis;
}

/**
 * What was measured of one run beyond its record, yours before the shipped one.
 *
 * @param runId - such as a record's.
 * @returns undefined if it was not.
 * @throws {FailureError} if it is damaged, was changed, or is another run's; names the file.
 * @example (await analysisOf(record.runId, { shipped: paths.results, yours: paths.runs }))?.confusion;
 */
export async function analysisOf(
  runId: string,
  { shipped, yours }: RecordFolders,
): Promise<Analysis | undefined> {
  const files = [
    ...(yours === undefined ? [] : [analysisFile(yours, runId)]),
    ...(shipped === undefined ? [] : [join(shipped, `${runId}${analysisEnding}`)]),
  ];
  for (const file of files) {
    const text = await textOf(file);
    if (text !== undefined) return parseAnalysis(text, file, runId);
  }
  return undefined;
}

/**
 * Every run's analysis, once, in the order of run ids; yours before the shipped one.
 *
 * @throws {FailureError} as `analysisOf` does.
 */
export async function readAnalyses(folders: RecordFolders): Promise<Analysis[]> {
  const shipped = (await entriesOf(folders.shipped))
    .filter((name) => name.endsWith(analysisEnding))
    .map((name) => basename(name, analysisEnding));
  const runIds = [...new Set([...shipped, ...(await entriesOf(folders.yours))])].sort();
  const analyses = await Promise.all(runIds.map((runId) => analysisOf(runId, folders)));
  return analyses.filter((analysis) => analysis !== undefined);
}

/**
 * Writes an analysis whole or not at all, with a digest of its content.
 *
 * @throws {z.ZodError} if it is not one, such as after a NaN.
 */
export async function writeAnalysis(file: string, analysis: Analysis): Promise<void> {
  await storeFile(file, textOfAnalysis(analysisSchema.parse(analysis)));
}
