import type { MimeBundle } from "../../../notebook/mime-bundle.ts";
import type { CellError, Completeness } from "../../language-engine.ts";
import { type CellReading, type ModuleRequest, readCell } from "./cell-reading.ts";
import { refusal } from "./cell-refusals.ts";
import { type CellText, cellText } from "./cell-text.ts";
import type { Compilation } from "./compiled-cell.ts";
import { completeness } from "./completeness.ts";
import { type CompilerCompletions, completionsAt } from "./completions-at.ts";
import type { DeclaredName, LiveName } from "./declared-name.ts";
import { type CheckedCell, describeDiagnostics } from "./describe-diagnostics.ts";
import { directivesOf, jsxPragmasOf } from "./directives.ts";
import { emitCell } from "./emit-cell.ts";
import { inspectAt } from "./inspect-at.ts";
import { isProvided } from "./is-provided.ts";
import { NotebookProgram } from "./notebook-program.ts";
import { checkedPrelude, runningPrelude } from "./prelude.ts";
import { typesAmongImports } from "./types-among-imports.ts";

/** Where code is looked at that is not run, such as while it is being typed. */
const draft = "In[draft]";

/** Checks and translates a notebook's cells; knows which names of which cells are alive. */
export class NotebookCompiler {
  readonly #folder: string;
  readonly #program: NotebookProgram;
  readonly #live = new Map<string, LiveName>();
  readonly #titles = new Map<string, number>();
  #pending:
    | { readonly cell: string; readonly file: string; readonly names: readonly DeclaredName[] }
    | undefined;

  /** @param folder - of the notebook, from which imports are looked up. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#program = new NotebookProgram(folder);
  }

  /** Checks a cell and makes it JavaScript. Later cells see its names only after `keep`. */
  compile(code: string, executionCount: number): Compilation {
    this.#forgetPending();
    const title = `In[${executionCount}]`;
    const text = this.#read(code);
    const { emitting, fault } = this.#program.options;
    const refused = refusal({ title, code, text, isJsxOn: emitting.jsx !== undefined, fault });
    if (refused) return { error: refused };
    const cell = this.#unusedName(title);
    const reading = readCell(text);
    const live = this.#liveFor(reading.names, reading.mentioned);
    const file = text.isJsx ? `${cell}.tsx` : `${cell}.ts`;
    const restoreGlobals = this.#program.supersedeGlobals(text.text);
    const written = this.#write(file, text, live, reading.names);
    const error = this.#errorIn({ ...written, title, code, live: this.#live, folder: this.#folder });
    if (error) {
      this.#program.remove(file);
      restoreGlobals();
      return { error };
    }
    const types = typesAmongImports(this.#program.service, written.file);
    const known = reading.names.map((name) => (types.has(name.name) ? { ...name, isType: true } : name));
    this.#pending = { cell, file, names: known };
    return {
      cell: {
        cell,
        title,
        code,
        ...this.#emitted(file, text, reading, live),
        ...namesOf(known),
        modules: modulesToLoad(reading.requests, live, types),
      },
    };
  }

  /** Lets later cells see the names of the cell that was compiled last, except those that never got a value. */
  keep(cell: string, missing: readonly string[]): void {
    if (this.#pending?.cell !== cell) return;
    for (const name of this.#pending.names) {
      if (!missing.includes(name.name)) this.#live.set(name.name, { ...name, cell });
    }
    this.#program.noteAmbient();
    this.#pending = undefined;
  }

  complete(code: string, offset: number): CompilerCompletions {
    const cursor = { ...this.#draft(code), code, offset, folder: this.#folder, live: this.#live };
    return completionsAt(this.#program.service, cursor);
  }

  inspect(code: string, offset: number): MimeBundle | null {
    const { file, start } = this.#draft(code);
    return inspectAt(this.#program.service, file, start, offset);
  }

  isComplete(code: string): Completeness {
    return completenessOf(this.#read(code));
  }

  #read(code: string): CellText {
    return cellText(code, (name) => this.#live.has(name) || isProvided(name));
  }

  /** Writes the module that is checked. */
  #write(name: string, cell: CellText, live: readonly LiveName[], names: readonly DeclaredName[]) {
    const head = directivesOf(cell.text);
    const before = `${head}${checkedPrelude(live, names)}${cell.isObject ? "(" : ""}`;
    const after = cell.isObject ? "\n)" : "";
    return {
      file: this.#program.write(name, before + cell.text + after),
      offset: before.length,
      head: head.length,
    };
  }

  #errorIn(cell: CheckedCell & { readonly file: string }): CellError | undefined {
    const { service } = this.#program;
    return (
      describeDiagnostics("Syntax error", service.getSyntacticDiagnostics(cell.file), cell) ??
      describeDiagnostics("Type error", service.getSemanticDiagnostics(cell.file), cell)
    );
  }

  #emitted(file: string, cell: CellText, { edits }: CellReading, live: readonly LiveName[]) {
    const prelude = `${jsxPragmasOf(cell.text)}${runningPrelude(live)}`;
    return { edits, ...emitCell({ file, prelude, text: cell.text, edits }, this.#program.options.emitting) };
  }

  #draft(code: string) {
    const cell = this.#read(code);
    const { names } = readCell(cell);
    const { file, offset } = this.#write(
      cell.isJsx ? `${draft}.tsx` : `${draft}.ts`,
      cell,
      this.#liveFor(names),
      names,
    );
    return { file, start: offset };
  }

  /** The names of earlier cells that code sees which declares some itself. */
  #liveFor(names: readonly DeclaredName[], mentioned?: ReadonlySet<string>): LiveName[] {
    const own = new Set(names.map(({ name }) => name));
    return [...this.#live.values()].filter(({ name }) => !own.has(name) && (mentioned?.has(name) ?? true));
  }

  #unusedName(title: string): string {
    const times = (this.#titles.get(title) ?? 0) + 1;
    this.#titles.set(title, times);
    return times === 1 ? title : `${title}-${times}`;
  }

  #forgetPending(): void {
    if (this.#pending) this.#program.remove(this.#pending.file);
    this.#pending = undefined;
  }
}

function completenessOf({ text, isObject, isJsx }: CellText): Completeness {
  if (isObject || isJsx) return { status: "complete" };
  const asBlock = completeness(text);
  if (asBlock.status !== "invalid" || !text.trimStart().startsWith("{")) return asBlock;
  const asObject = completeness(`(${text}`);
  return asObject.status === "incomplete" ? asObject : asBlock;
}

const namesOf = (known: readonly DeclaredName[]) => ({
  values: known.filter(({ isType, source }) => !isType && !source).map(({ name }) => name),
  names: known.map(({ name }) => name),
});

/** Modules that a cell loads: those that it imports itself, used or not, and those of earlier cells' imports that it uses. */
function modulesToLoad(
  requests: readonly ModuleRequest[],
  live: readonly LiveName[],
  types: ReadonlySet<string>,
): string[] {
  const earlier = live.flatMap(({ source, isType }) => (source && !isType ? [source.specifier] : []));
  const own = requests
    .filter(({ names }) => names.length === 0 || names.some((name) => !types.has(name)))
    .map(({ specifier }) => specifier);
  return [...new Set([...own, ...earlier])];
}
