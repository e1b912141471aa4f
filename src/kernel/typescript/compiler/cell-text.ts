import { declaredNames } from "./declared-names.ts";
import { hoistedNames } from "./hoisted-names.ts";
import { hasSyntaxError, isTsxOnly } from "./parse-checks.ts";
import { type ShellCommand, takeCommands } from "./shell-commands.ts";
import { ts } from "./typescript.ts";

/** A cell as the compiler reads it: as long as what the user wrote, so that every offset means the same place. */
export interface CellText {
  /** The user's code, with blanks where it is not TypeScript. */
  readonly text: string;
  /** Lines such as `!ls`. */
  readonly commands: readonly ShellCommand[];
  /** The IPython magic that the cell begins a line with, and where. */
  readonly magic: { readonly start: number; readonly name: string } | undefined;
  /** Whether all of it is one object such as `{ a: 1 }`, which is a block to the language. */
  readonly isObject: boolean;
  /** Whether it holds JSX. */
  readonly isJsx: boolean;
}

/**
 * Reads what is around TypeScript in a cell.
 *
 * @param isKnown - whether earlier cells or Node declare a name.
 */
export function cellText(code: string, isKnown: (name: string) => boolean): CellText {
  const isKnownHere = (name: string) => isKnown(name) || isDeclaredIn(code, name);
  const { text, commands, magic } = takeCommands(withoutShebang(code), isKnownHere);
  const isObject = isLoneObject(text);
  return { text, commands, magic, isObject, isJsx: !isObject && isTsxOnly(text) };
}

function isDeclaredIn(code: string, name: string): boolean {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ESNext);
  return file.statements.some((statement) =>
    [...declaredNames(statement), ...hoistedNames(statement)].some((declared) => declared.name === name),
  );
}

/** A shebang may stand in the first line only, which the line of imports takes. */
const withoutShebang = (code: string) => code.replace(/^#!/, "//");

const comments = /^(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)+/;

/** As in Node's prompt: code in braces that is an expression when it stands in brackets. */
function isLoneObject(text: string): boolean {
  if (!text.replace(comments, "").startsWith("{")) return false;
  return !/;\s*$/.test(text) && !hasSyntaxError(`(${text}\n)`);
}
