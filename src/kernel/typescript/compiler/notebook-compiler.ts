import type { MimeBundle } from "../../../mime-bundle.ts";
import type { Completeness, Completions } from "../../language-engine.ts";
import { type ModuleRequest, readCell } from "./cell-reading.ts";
import type { Compilation } from "./compiled-cell.ts";
import { completeness } from "./completeness.ts";
import { completionsAt } from "./completions-at.ts";
import type { DeclaredName, LiveName } from "./declared-name.ts";
import { describeDiagnostics } from "./describe-diagnostics.ts";
import { emitCell } from "./emit-cell.ts";
import { inspectAt } from "./inspect-at.ts";
import { NotebookProgram } from "./notebook-program.ts";
import { checkedPrelude, runningPrelude } from "./prelude.ts";
import { typesAmongImports } from "./types-among-imports.ts";

/** Where code is looked at that is not run, such as while it is being typed. */
const draft = "In[draft]";

/** Checks and translates a notebook's cells; knows which names of which cells are alive. */
export class NotebookCompiler {
  readonly #program: NotebookProgram;
  readonly #live = new Map<string, LiveName>();
  readonly #titles = new Map<string, number>();
  #pending: { readonly cell: string; readonly names: readonly DeclaredName[] } | undefined;

  /** @param folder - of the notebook, from which imports are looked up. */
  constructor(folder: string) {
    this.#program = new NotebookProgram(folder);
  }

  /** Checks a cell and makes it JavaScript. Later cells see its names only after `keep`. */
  compile(code: string, executionCount: number): Compilation {
    this.#forgetPending();
    const title = `In[${executionCount}]`;
    const cell = this.#unusedName(title);
    const { names, mentioned, requests, edits } = readCell(code);
    const live = this.#liveFor(names, mentioned);
    const prelude = checkedPrelude(live, names);
    const file = this.#program.write(cell, prelude + code);
    const { service } = this.#program;
    const checked = { title, code, offset: prelude.length, live: this.#live };
    const error =
      describeDiagnostics("Syntax error", service.getSyntacticDiagnostics(file), checked) ??
      describeDiagnostics("Type error", service.getSemanticDiagnostics(file), checked);
    if (error) {
      this.#program.remove(cell);
      return { error };
    }
    const types = typesAmongImports(service, file);
    const known = names.map((name) => (types.has(name.name) ? { ...name, isType: true } : name));
    this.#pending = { cell, names: known };
    const values = known.filter(({ isType, source }) => !isType && !source).map(({ name }) => name);
    return {
      cell: {
        cell,
        title,
        code,
        edits,
        ...emitCell(cell, runningPrelude(live), code, edits),
        modules: modulesToLoad(requests, live, types),
        values,
        names: known.map(({ name }) => name),
      },
    };
  }

  /** Lets later cells see the names of the cell that was compiled last, except those that never got a value. */
  keep(cell: string, missing: readonly string[]): void {
    if (this.#pending?.cell !== cell) return;
    for (const name of this.#pending.names) {
      if (!missing.includes(name.name)) this.#live.set(name.name, { ...name, cell });
    }
    this.#pending = undefined;
  }

  complete(code: string, offset: number): Completions {
    const { file, start } = this.#draft(code);
    return completionsAt(this.#program.service, file, start, code, offset);
  }

  inspect(code: string, offset: number): MimeBundle | null {
    const { file, start } = this.#draft(code);
    return inspectAt(this.#program.service, file, start, code, offset);
  }

  isComplete(code: string): Completeness {
    return completeness(code);
  }

  #draft(code: string) {
    const { names } = readCell(code);
    const prelude = checkedPrelude(this.#liveFor(names), names);
    return { file: this.#program.write(draft, prelude + code), start: prelude.length };
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
    if (this.#pending) this.#program.remove(this.#pending.cell);
    this.#pending = undefined;
  }
}

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
