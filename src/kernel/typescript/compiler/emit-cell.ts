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

/**
 * Makes a cell's code JavaScript.
 *
 * @param prelude - one line that brings in earlier cells' values.
 * @param edits - what makes of the code a module that the kernel can run.
 */
export function emitCell(
  cell: string,
  prelude: string,
  code: string,
  edits: readonly Edit[],
): { script: string; sourceMap: string } {
  const { outputText, sourceMapText = "" } = ts.transpileModule(prelude + edited(code, edits), {
    fileName: `${cell}.ts`,
    compilerOptions: options,
  });
  return { script: outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, ""), sourceMap: sourceMapText };
}

function edited(code: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let end = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    parts.push(code.slice(end, edit.start), edit.text);
    end = edit.end;
  }
  return parts.join("") + code.slice(end);
}
