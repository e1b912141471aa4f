import type { CellError } from "../../language-engine.ts";
import type { CellText } from "./cell-text.ts";
import { howToTurnOnJsx } from "./import-advice.ts";
import { ts } from "./typescript.ts";

/** A cell that has not been checked yet. */
interface UncheckedCell {
  readonly title: string;
  readonly code: string;
  readonly text: CellText;
  readonly isJsxOn: boolean;
  /** What is wrong with the settings beside the notebook. */
  readonly fault: string | undefined;
}

/** Says in one line why a cell cannot be TypeScript here; nothing if it can be. */
export function refusal({ title, code, text, isJsxOn, fault }: UncheckedCell): CellError | undefined {
  if (fault !== undefined)
    return oneLine("Settings error", `tsconfig.json beside the notebook: ${fault} (BAD_SETTINGS)`);
  if (text.magic) {
    const { start, name } = text.magic;
    return oneLine("Syntax error", `${placeOf(title, code, start)} ${aboutMagic(name)} (IPYTHON_MAGIC)`);
  }
  if (!text.isJsx || isJsxOn) return undefined;
  const place = placeOf(title, code, Math.max(0, code.search(/<[\w$>]/)));
  return oneLine("Syntax error", `${place} JSX is off; ${howToTurnOnJsx} (JSX_IS_OFF)`);
}

const aboutMagic = (name: string) =>
  `${name} is a magic of IPython, which this kernel does not have; write TypeScript, or !command for a shell command`;

const oneLine = (name: string, message: string): CellError => ({ name, message, traceback: [message] });

function placeOf(title: string, code: string, start: number): string {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ESNext);
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return `${title}:${line + 1}:${character + 1}`;
}
