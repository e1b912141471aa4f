import type { Completeness } from "../../language-engine.ts";
import { ts } from "./typescript.ts";

const unterminatedString = 1002;

/** Whether code can be run, or only lacks its end: whatever is wrong is wrong at the end then. */
export function completeness(code: string): Completeness {
  const { diagnostics = [] } = ts.transpileModule(code, {
    reportDiagnostics: true,
    fileName: "cell.ts",
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
  });
  const [first] = diagnostics;
  if (!first) return { status: "complete" };
  const end = code.trimEnd().length;
  const { start = 0, length = 0 } = first;
  const lacksEnd = start + length >= end || (first.code === unterminatedString && start >= end);
  return lacksEnd ? { status: "incomplete", indent: nextIndent(code) } : { status: "invalid" };
}

/** As the last line begins, deeper where it opened a bracket. */
function nextIndent(code: string): string {
  const last = code.trimEnd().split("\n").at(-1) ?? "";
  const indent = /^\s*/.exec(last)?.[0] ?? "";
  return /[{([]$|=>$/.test(last) ? `${indent}  ` : indent;
}
