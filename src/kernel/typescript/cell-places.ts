import { SourceMap, type SourceMapPayload } from "node:module";
import type { Edit } from "./compiler/cell-reading.ts";
import type { CompiledCell } from "./compiler/compiled-cell.ts";

/** What is needed to find places of a cell; the code that runs is not, and would be kept for nothing. */
type Place = Pick<CompiledCell, "title" | "code" | "edits" | "sourceMap">;

/** Where the code of every cell is, by the file name under which it runs: functions of old cells may throw, too. */
export class CellPlaces {
  readonly #cells = new Map<string, { readonly cell: Place; map?: SourceMap }>();

  add(file: string, { title, code, edits, sourceMap }: Place): void {
    this.#cells.set(file, { cell: { title, code, edits, sourceMap } });
  }

  has(file: string): boolean {
    return this.#cells.has(file);
  }

  /**
   * A place in the user's code, such as `In[3]:2:7`.
   *
   * @param line - of the JavaScript that runs, from 1, as V8 counts; so is `column`.
   * @returns undefined where nothing of the user's lies.
   */
  find(file: string, line: number, column: number): string | undefined {
    const known = this.#cells.get(file);
    if (!known) return undefined;
    known.map ??= new SourceMap(JSON.parse(known.cell.sourceMap) as SourceMapPayload);
    const entry = known.map.findEntry(line - 1, column - 1);
    // Line 0 is the line of imports before the code.
    if (!("originalLine" in entry) || entry.originalLine === 0) return undefined;
    const { title, code, edits } = known.cell;
    const start = lineStart(code, entry.originalLine);
    const offset = nameCalledAt(code, start + originalColumn(edits, start, entry.originalColumn));
    return `${title}:${entry.originalLine}:${offset - start + 1}`;
  }
}

/** Where a line begins. @param line - from 1. */
const lineStart = (code: string, line: number) =>
  code.split("\n", line - 1).reduce((sum, text) => sum + text.length + 1, 0);

/** The column before the edits; lines are the same, for no edit spans or adds one. */
function originalColumn(edits: readonly Edit[], start: number, column: number): number {
  let original = column;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    const at = edit.start - start;
    if (at < 0 || at > original) continue;
    original = Math.max(at, original - (edit.text.length - (edit.end - edit.start)));
  }
  return original;
}

/** V8 places a call at the function's name, but where the name was rewritten at the bracket behind it. */
function nameCalledAt(code: string, offset: number): number {
  const name = code[offset] === "(" ? (/[\p{ID_Continue}$]+$/u.exec(code.slice(0, offset))?.[0] ?? "") : "";
  return offset - name.length;
}
