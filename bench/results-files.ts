import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { FailureError } from "../src/errors.ts";
import { storeFile } from "../src/storage/store-file.ts";
import { type Machine, type Results, resultsSchema } from "./results.ts";

const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/** Name of the file of a day and a machine. */
export const nameOf = (date: string, { cpu, threads }: Machine): string =>
  `${date}-${slug(cpu)}-${threads}-threads.json`;

/**
 * Reads a file of results.
 *
 * @throws {FailureError} if it is absent or holds something else.
 */
export function readResults(file: string): Results {
  try {
    return resultsSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new FailureError(
      {
        rule: "a file of results must be whole and of schema version 1",
        got: `${file}: ${cause instanceof z.ZodError ? z.prettifyError(cause).replaceAll(/\s*\n\s*/g, " ") : (cause as Error).message}`,
        remedy: "delete it and measure again with `npm run bench`",
      },
      { cause },
    );
  }
}

/** Writes results, whole or not at all, into the file of their day and machine. @returns its path. */
export async function writeResults(folder: string, results: Results): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, nameOf(results.date, results.machine));
  await storeFile(file, `${JSON.stringify(resultsSchema.parse(results), null, 1)}\n`);
  return file;
}

/**
 * The file whose sections were measured last.
 *
 * @throws {FailureError} if there is none.
 */
export function newestResults(folder: string): string {
  const files = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.endsWith(".json"))
    .map((name) => path.join(folder, name));
  const lastStart = (file: string) =>
    readResults(file)
      .sections.map(({ startedAt }) => startedAt)
      .sort()
      .at(-1) ?? "";
  const [newest] = files
    .map((file) => ({ file, start: lastStart(file) }))
    .sort((a, b) => b.start.localeCompare(a.start));
  if (newest !== undefined) return newest.file;
  throw new FailureError({
    rule: "the table is made from results",
    got: `none in ${folder}`,
    remedy: "measure with `npm run bench`",
  });
}
