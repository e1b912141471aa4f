import { readdir, readFile } from "node:fs/promises";
import { z } from "zod";
import { FailureError } from "../errors.ts";

/** Entries of a folder, sorted; none where there is no such folder. */
export async function entriesOf(folder: string | undefined): Promise<string[]> {
  if (folder === undefined) return [];
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** A file's text; undefined where there is no such file. */
export async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return;
    throw error;
  }
}

/** What a kind of file must be, and how a damaged one is mended. */
export interface StoredKind<Content> {
  readonly schema: z.ZodType<Content>;
  /** `run record`. */
  readonly name: string;
  readonly remedy: string;
}

/** The error about a file that is not what it must be. */
export const damaged = (
  { name, remedy }: Pick<StoredKind<unknown>, "name" | "remedy">,
  file: string,
  got: string,
  cause?: unknown,
): FailureError => new FailureError({ rule: `${file} must be a whole ${name}`, got, remedy }, { cause });

/**
 * Reads what a file holds.
 *
 * @throws {FailureError} if it is not JSON or breaks the schema; names the file and the place in it.
 */
export function parseStored<Content>(kind: StoredKind<Content>, file: string, text: string): Content {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw damaged(kind, file, `${text.length} characters that are not JSON`, cause);
  }
  const parsed = kind.schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw damaged(kind, file, z.prettifyError(parsed.error).replaceAll(/\s*\n\s*/g, " "), parsed.error);
}
