import type { Completeness } from "../../language-engine.ts";
import { syntaxErrors } from "./parse-checks.ts";

/** Of strings, comments, templates and regular expressions that begin and do not end. */
const unterminated = new Set([1002, 1010, 1160, 1161]);

/** Whether code can be run, or only lacks its end: whatever is wrong is wrong at the end then. */
export function completeness(code: string): Completeness {
  const [first] = syntaxErrors(code);
  if (!first) return { status: "complete" };
  const lacksEnd = (first.start ?? 0) >= code.trimEnd().length || unterminated.has(first.code);
  return lacksEnd ? { status: "incomplete", indent: nextIndent(code) } : { status: "invalid" };
}

/** As the last line begins, deeper where it opened a bracket. */
function nextIndent(code: string): string {
  const last = code.trimEnd().split("\n").at(-1) ?? "";
  const indent = /^\s*/.exec(last)?.[0] ?? "";
  return /[{([]$|=>$/.test(last) ? `${indent}  ` : indent;
}
