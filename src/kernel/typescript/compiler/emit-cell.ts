import type TS from "typescript";
import type { Edit } from "./cell-reading.ts";
import { ts } from "./typescript.ts";

const options: TS.CompilerOptions = {
  // Rewrites each use of a name to a property of the cell that declared it, which later cells may change.
  module: ts.ModuleKind.CommonJS,
  // What Node 20 runs; `using` and decorators are rewritten.
  target: ts.ScriptTarget.ES2022,
  sourceMap: true,
  isolatedModules: true,
  // Modules are not required but imported: their `default` is what Node says it is.
  esModuleInterop: false,
  // A later cell may use it.
  preserveConstEnums: true,
};

/** What becomes JavaScript. */
interface Source {
  /** The name of the module, with its ending. */
  readonly file: string;
  /** One line that brings in earlier cells' values. */
  readonly prelude: string;
  readonly text: string;
  /** What makes of the text a module that the kernel can run. */
  readonly edits: readonly Edit[];
}

/**
 * Makes a cell's code JavaScript.
 *
 * @param settings - of the notebook, as far as they change the JavaScript.
 */
export function emitCell(
  { file, prelude, text, edits }: Source,
  settings: TS.CompilerOptions,
): { script: string; sourceMap: string } {
  const { outputText, sourceMapText = "" } = ts.transpileModule(prelude + edited(text, edits), {
    fileName: file,
    compilerOptions: { ...settings, ...options },
  });
  return { script: outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, ""), sourceMap: sourceMapText };
}

function edited(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let end = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    parts.push(text.slice(end, edit.start), edit.text);
    end = edit.end;
  }
  return parts.join("") + text.slice(end);
}
