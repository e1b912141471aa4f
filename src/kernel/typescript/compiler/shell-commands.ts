import { completeness } from "./completeness.ts";
import { hasSyntaxError } from "./parse-checks.ts";

/** A line such as `!ls`, which a shell runs. */
export interface ShellCommand {
  /** The part of its first line that it takes. */
  readonly start: number;
  readonly end: number;
  readonly command: string;
}

interface Taken {
  readonly text: string;
  readonly commands: readonly ShellCommand[];
  readonly magic: { readonly start: number; readonly name: string } | undefined;
}

const candidate = /^[ \t]*[!%]/m;
const commandLine = /^[ \t]*(?=![^=\n])/;
const magicLine = /^[ \t]*(?=(%%?[a-zA-Z]\w*))/;
/** Values, and programs. */
const literals = /^(?:true|false)$/;
/** Words behind `!` that begin an expression in any case. */
const keywords = /^(?:async|await|class|delete|function|import|new|null|super|this|typeof|undefined|void)$/;

/**
 * Takes shell commands out of a cell, for which blanks stay, and finds IPython's magics.
 *
 * @param isKnown - whether a name is declared: `!done` is an expression then.
 */
export function takeCommands(code: string, isKnown: (name: string) => boolean): Taken {
  const commands: ShellCommand[] = [];
  if (!candidate.test(code)) return { text: code, commands, magic: undefined };
  let text = code;
  let start = 0;
  for (const line of code.split("\n")) {
    const isStatement = () => completeness(text.slice(0, start)).status === "complete";
    const indent = commandLine.exec(line)?.[0].length;
    if (indent !== undefined && isStatement() && isCommand(line.slice(indent + 1), isKnown)) {
      const first = start + indent;
      const whole = /^(?:[^\n]*\\\n)*[^\n]*/.exec(code.slice(first))?.[0] ?? "";
      text = text.slice(0, first) + whole.replace(/[^\n]/g, " ") + text.slice(first + whole.length);
      commands.push({ start: first, end: start + line.length, command: whole.slice(1).trim() });
    }
    const [before, name] = magicLine.exec(line) ?? [];
    if (before !== undefined && name !== undefined && isStatement() && isMagic(text, start)) {
      return { text, commands, magic: { start: start + before.length, name } };
    }
    start += line.length + 1;
  }
  return { text, commands, magic: undefined };
}

/** What stands behind `!` is an expression only if it can be read as one and its first name means something. */
function isCommand(line: string, isKnown: (name: string) => boolean): boolean {
  const [, word] = /^\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)/u.exec(line) ?? [];
  const status = completeness(`!${line}`).status;
  if (word !== undefined)
    return !keywords.test(word) && (status === "invalid" || !(literals.test(word) || isKnown(word)));
  return status !== "complete" && !/^\s*[([!{"'`]/.test(line);
}

/** `%` goes on with an expression, unless nothing is before it or the cell makes no sense so. */
const isMagic = (text: string, start: number): boolean =>
  text.slice(0, start).trim() === "" || hasSyntaxError(text);
