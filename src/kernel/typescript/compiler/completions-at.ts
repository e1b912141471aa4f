import type TS from "typescript";
import type { Completions } from "../../language-engine.ts";
import { ts } from "./typescript.ts";

/**
 * What may stand at the cursor.
 *
 * @param start - of the code in the module `file`.
 * @param offset - of the cursor in the code.
 */
export function completionsAt(
  service: TS.LanguageService,
  file: string,
  start: number,
  code: string,
  offset: number,
): Completions {
  const list = service.getCompletionsAtPosition(file, start + offset, {});
  const span = list?.optionalReplacementSpan ?? list?.entries[0]?.replacementSpan;
  const from = span ? span.start - start : offset - wordBefore(code, offset).length;
  const typed = code.slice(from, offset).toLowerCase();
  const entries = (list?.entries ?? [])
    .filter(({ name, kind }) => kind !== ts.ScriptElementKind.warning && name.toLowerCase().startsWith(typed))
    .toSorted((a, b) => compare(a.sortText, b.sortText) || compare(a.name, b.name));
  return {
    names: entries.map(({ name }) => name),
    kinds: entries.map(({ kind }) => kind),
    start: from,
    end: offset,
  };
}

const wordBefore = (code: string, offset: number) =>
  /[\p{ID_Continue}$#]*$/u.exec(code.slice(0, offset))?.[0] ?? "";

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
