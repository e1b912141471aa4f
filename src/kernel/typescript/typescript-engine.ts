import { createRequire } from "node:module";
import type { MimeBundle } from "../../notebook/mime-bundle.ts";
import type {
  CellContext,
  CellResult,
  Completeness,
  Completions,
  LanguageEngine,
} from "../language-engine.ts";
import { showValue } from "../show-value.ts";
import { printBackgroundErrors } from "./background-errors.ts";
import { CellPlaces } from "./cell-places.ts";
import { type CellValues, fileOfCell, runCell } from "./cell-run.ts";
import { Children } from "./children.ts";
import type { CompiledCell } from "./compiler/compiled-cell.ts";
import { CompilerThread } from "./compiler/compiler-thread.ts";
import type { LivePath } from "./compiler/live-path.ts";
import { describeError } from "./describe-error.ts";
import { cellFinder } from "./find-cell.ts";
import { isListening } from "./listening.ts";
import { LiveCells } from "./live-cells.ts";
import { withLiveKeys } from "./live-keys.ts";
import { ModuleLoader } from "./module-loader.ts";
import { offerGlobals } from "./offer-globals.ts";
import { pointStacksToCells } from "./stack-traces.ts";
import { offerStandardInput } from "./standard-input.ts";
import { teachConsole } from "./teach-console.ts";
import { connectTslab } from "./tslab-display.ts";

const interrupted: CellResult = { status: "interrupted" };

/**
 * TypeScript for cells, by the compiler that the kit itself is built with. It is ready at once and warms up in a thread.
 *
 * @example const engine = await typescriptEngine();
 */
export async function typescriptEngine(): Promise<LanguageEngine> {
  return new TypeScriptEngine(process.cwd());
}

class TypeScriptEngine implements LanguageEngine {
  readonly name = "typescript";
  readonly version: string = createRequire(import.meta.url)("typescript/package.json").version;
  readonly #folder: string;
  readonly #compiler = new CompilerThread();
  readonly #modules: ModuleLoader;
  readonly #live = new LiveCells();
  readonly #places = new CellPlaces();
  readonly #children = new Children();
  readonly #undo: readonly (() => void)[];
  #running: { readonly cell: CompiledCell; readonly values: CellValues } | undefined;
  #lastContext: CellContext | undefined;
  /** Ends the cell that runs with an error, from where its code cannot be told of it. */
  #fail: { readonly context: CellContext; readonly end: (error: unknown) => void } | undefined;
  readonly #cell = cellFinder(() => this.#lastContext);

  constructor(folder: string) {
    this.#folder = folder;
    this.#modules = new ModuleLoader(folder);
    this.#undo = [
      pointStacksToCells(this.#places),
      printBackgroundErrors(describeError),
      offerGlobals(this.#cell),
      teachConsole(),
      offerStandardInput({
        cell: this.#cell,
        isRunning: (cell) => this.#fail?.context === cell,
        fail: (cell, error) => {
          if (this.#fail?.context === cell) this.#fail.end(error);
        },
      }),
    ];
  }

  async execute(code: string, context: CellContext): Promise<CellResult> {
    const { signal } = context;
    // One that was stopped by force has not come to this.
    this.#keepNames(false);
    this.#lastContext = context;
    const stopped = new Promise<CellResult>((resolve) => {
      // A cell that listens ends in its own way; of the others, not all would ever end.
      const stop = () => {
        if (isListening(signal)) return;
        this.#children.stop(context);
        resolve(interrupted);
      };
      signal.addEventListener("abort", stop, { once: true });
    });
    const failed = new Promise<CellResult>((resolve) => {
      const end = (error: unknown) => resolve(this.#endingBy(error, signal));
      this.#fail = { context, end };
    });
    const result = await Promise.race([stopped, failed, this.#run(code, context)]);
    this.#fail = undefined;
    this.#keepNames(result.status === "ok");
    return result;
  }

  async complete(code: string, offset: number): Promise<Completions> {
    const completions = await this.#compiler.ask("complete", code, offset);
    return withLiveKeys(completions, (root) => this.#liveValue(root), code);
  }

  inspect(code: string, offset: number): Promise<MimeBundle | null> {
    return this.#compiler.ask("inspect", code, offset);
  }

  isComplete(code: string): Promise<Completeness> {
    return this.#compiler.ask("isComplete", code);
  }

  async dispose(): Promise<void> {
    for (const undo of this.#undo) undo();
    this.#children.dispose();
    await this.#compiler.end();
  }

  async #run(code: string, context: CellContext): Promise<CellResult> {
    const { signal } = context;
    try {
      const compilation = await this.#compiler.ask("compile", code, context.executionCount);
      if ("error" in compilation) return { status: "error", error: compilation.error };
      const { cell } = compilation;
      this.#places.add(fileOfCell(cell, this.#folder), cell);
      for (const specifier of cell.modules) await this.#modules.load(specifier);
      if (cell.modules.includes("tslab")) connectTslab(this.#folder, this.#cell);
      signal.throwIfAborted();
      const values: CellValues = {};
      this.#running = { cell, values };
      const surroundings = { folder: this.#folder, modules: this.#modules, cells: this.#live.values };
      return { status: "ok", value: await showValue(await runCell(cell, values, surroundings)) };
    } catch (error) {
      return this.#endingBy(error, signal);
    }
  }

  #endingBy(error: unknown, signal: AbortSignal): CellResult {
    return isStop(error, signal) ? interrupted : { status: "error", error: describeError(error) };
  }

  #liveValue(root: LivePath["root"]): unknown {
    if (root.kind === "cell") return this.#live.values.get(root.cell)?.[root.name];
    if (root.kind === "global")
      return Object.getOwnPropertyDescriptor(globalThis, root.name)?.value ?? ownGlobal(root.name);
    const module = this.#modules.loaded(root.specifier);
    return root.imported === "*" || !module ? module : Reflect.get(module, root.imported);
  }

  /** Lets later cells see what the cell that runs, or ran, has declared. */
  #keepNames(isWhole: boolean): void {
    if (!this.#running) return;
    const { cell, values } = this.#running;
    this.#running = undefined;
    void this.#compiler.ask("keep", cell.cell, this.#live.keep(cell, values, isWhole));
  }
}

/** Node offers some of its globals, such as `process`, through getters of its own. */
const nodeGlobals = new Set(["process", "Buffer", "console", "performance", "crypto", "navigator"]);
const ownGlobal = (name: string): unknown =>
  nodeGlobals.has(name) ? Reflect.get(globalThis, name) : undefined;

/** Whether a cell ended by being told to: with the signal's reason, or as Node's functions end that are given the signal. */
const isStop = (error: unknown, { aborted, reason }: AbortSignal): boolean =>
  aborted && (error === reason || (error instanceof Error && error.name === "AbortError"));
