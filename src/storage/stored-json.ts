import { z } from "zod";
import { FailureError } from "../errors.ts";

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

/** More than any file of the kit has, and less than what ends whoever walks through it. */
const mostLevels = 32;

const isDeeper = (value: unknown, levels: number): boolean =>
  value !== null &&
  typeof value === "object" &&
  (levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1)));

/**
 * The JSON of a file, of whatever shape.
 *
 * @throws {FailureError} if it is none, or one in which lists and objects lie too deep; names the file.
 */
export function jsonOf(kind: StoredKind<unknown>, file: string, text: string): unknown {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw damaged(kind, file, `${text.length} characters that are not JSON`, cause);
  }
  if (!isDeeper(content, mostLevels)) return content;
  throw damaged(kind, file, `lists and objects more than ${mostLevels} deep`);
}

/** As many as a reader wants to see of what may be thousands. */
const mostFaults = 3;

function faultsOf({ issues }: z.ZodError): string {
  const told = z.prettifyError({ issues: issues.slice(0, mostFaults) }).replaceAll(/\s*\n\s*/g, " ");
  return issues.length > mostFaults ? `${told} and ${issues.length - mostFaults} more` : told;
}

/**
 * Looks whether what a file holds is what it must be.
 *
 * @param content - as `jsonOf` gives it.
 * @throws {FailureError} if it breaks the schema; names the file and the place in it.
 */
export function checkedBy<Content>(kind: StoredKind<Content>, file: string, content: unknown): Content {
  const parsed = kind.schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw damaged(kind, file, faultsOf(parsed.error), parsed.error);
}
