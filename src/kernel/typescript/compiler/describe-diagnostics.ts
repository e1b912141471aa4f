import type TS from "typescript";
import type { CellError } from "../../language-engine.ts";
import type { LiveName } from "./declared-name.ts";
import { withImportAdvice } from "./import-advice.ts";
import { ts } from "./typescript.ts";

/** An untyped package is as good as any other in a notebook. */
const untypedPackage = 7016;
/** Of a variable that an earlier cell declared without type or value. */
const implicitAny = 7005;
const assignedImport = 2632;

/** What later cells see as imports, though the user wrote something else. */
const articles: Partial<Record<LiveName["kind"], string>> = {
  constant: "a constant",
  function: "a function",
  class: "a class",
  enum: "an enum",
  namespace: "a namespace",
};

/** A cell as the compiler saw it. */
export interface CheckedCell {
  readonly title: string;
  readonly code: string;
  /** Offset of the code in the module that was checked. */
  readonly offset: number;
  /** How much of the code's beginning the module begins with, too. */
  readonly head: number;
  /** Of the notebook. */
  readonly folder: string;
  readonly live: ReadonlyMap<string, LiveName>;
}

/** What the compiler says of a cell, each with its place; nothing if there is nothing wrong. */
export function describeDiagnostics(
  name: string,
  diagnostics: readonly TS.Diagnostic[],
  cell: CheckedCell,
): CellError | undefined {
  const file = ts.createSourceFile("cell.ts", cell.code, ts.ScriptTarget.ESNext);
  const found = diagnostics
    .filter((diagnostic) => isUsers(diagnostic, cell))
    .map((diagnostic) => describe(diagnostic, cell, file));
  const [first] = found;
  if (!first) return undefined;
  const more = found.length > 1 ? ` (and ${found.length - 1} more)` : "";
  return {
    name,
    message: `${first.headline}${more}`,
    traceback: found.map(({ headline, excerpt }) => `${headline}\n${excerpt}`),
  };
}

/** Whether the user can and should do something about it; the line of imports before the code is not the user's. */
function isUsers(diagnostic: TS.Diagnostic, cell: CheckedCell): boolean {
  const ofEarlierCell = diagnostic.code === implicitAny && cell.live.has(textAt(diagnostic, cell));
  return placeOf(diagnostic, cell) >= 0 && diagnostic.code !== untypedPackage && !ofEarlierCell;
}

/** Where it is in the cell's code; negative in what stands before it. */
const placeOf = ({ start = 0 }: TS.Diagnostic, { offset, head }: CheckedCell) =>
  start < head ? start : start - offset;

function textAt(diagnostic: TS.Diagnostic, cell: CheckedCell): string {
  const start = placeOf(diagnostic, cell);
  return start < 0 ? "" : cell.code.slice(start, start + (diagnostic.length ?? 0));
}

function describe(diagnostic: TS.Diagnostic, cell: CheckedCell, file: TS.SourceFile) {
  const start = Math.min(placeOf(diagnostic, cell), cell.code.length);
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  const source = cell.code.split("\n")[line] ?? "";
  const width = Math.max(1, Math.min(diagnostic.length ?? 1, source.length - character));
  const margin = `  ${line + 1} | `;
  const pointer = `${" ".repeat(margin.length - 2)}| ${" ".repeat(character)}${"~".repeat(width)}`;
  const place = `${cell.title}:${line + 1}:${character + 1}`;
  return {
    headline: `${place} ${messageOf(diagnostic, cell)} (TS${diagnostic.code})`,
    excerpt: `${margin}${source}\n${pointer}`,
  };
}

function messageOf(diagnostic: TS.Diagnostic, cell: CheckedCell): string {
  const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
  const article = articles[cell.live.get(textAt(diagnostic, cell))?.kind ?? "import"];
  const named = diagnostic.code === assignedImport && article ? text.replace("an import", article) : text;
  const advised = withImportAdvice(diagnostic.code, named, cell.folder);
  // Types of other cells: import("/folder/In[1]").Point
  return advised.replace(/import\("[^"]*\/(In\[\d+\][^"]*)"\)/g, "$1");
}
