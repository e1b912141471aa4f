import type TS from "typescript";
import type { Completions } from "../../language-engine.ts";
import type { LiveName } from "./declared-name.ts";
import { fileCompletions } from "./file-completions.ts";
import { deepestEndingAt, isOpen, type LivePath, livePath, memberTypedAt } from "./live-path.ts";
import { ts } from "./typescript.ts";

/** What may stand at the cursor, and the value whose own keys may stand there, too, which the compiler cannot know. */
export interface CompilerCompletions extends Completions {
  readonly live?: { readonly path: LivePath; readonly isQuoted: boolean } | undefined;
}

/** A cursor in code that is being typed. */
export interface Cursor {
  /** The module, and where the code begins in it. */
  readonly file: string;
  readonly start: number;
  readonly code: string;
  /** In the code. */
  readonly offset: number;
  /** Of the notebook. */
  readonly folder: string;
  readonly live: ReadonlyMap<string, LiveName>;
}

/** What may stand at the cursor. */
export function completionsAt(service: TS.LanguageService, cursor: Cursor): CompilerCompletions {
  const typed = typedCompletions(service, cursor);
  const { file, start, offset, live } = cursor;
  const program = service.getProgram();
  const source = program?.getSourceFile(file);
  if (!program || !source) return typed;
  const member = memberTypedAt(source, start + offset);
  if (member && isOpen(program.getTypeChecker(), member.of)) {
    const path = livePath(member.of, live);
    return { ...typed, start: member.start - start, live: path && { path, isQuoted: member.isQuoted } };
  }
  const quoted = typed.names.length === 0 ? textBefore(source, start + offset) : undefined;
  return quoted === undefined ? typed : fileCompletions(quoted, cursor.folder, offset);
}

/** What the types say. */
function typedCompletions(service: TS.LanguageService, { file, start, code, offset }: Cursor): Completions {
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

/** The text from its quote to the cursor, if that is in one. */
function textBefore(file: TS.SourceFile, position: number): string | undefined {
  const node = deepestEndingAt(file, position);
  if (!ts.isStringLiteralLike(node)) return undefined;
  return file.text.slice(node.getStart(file) + 1, position);
}

const wordBefore = (code: string, offset: number) =>
  /[\p{ID_Continue}$#]*$/u.exec(code.slice(0, offset))?.[0] ?? "";

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
