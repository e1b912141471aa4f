import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Script } from "node:vm";
import { currentCell } from "../current-cell.ts";
import type { CompiledCell } from "./compiler/compiled-cell.ts";
import { cellBody, cellHost, cellPrefix, modulePrefix } from "./compiler/running-names.ts";
import { isListening } from "./listening.ts";
import type { ModuleLoader } from "./module-loader.ts";
import { runShell } from "./run-shell.ts";

/** The values of a cell's names. */
export type CellValues = Record<string, unknown>;

/** What a cell's code needs to run. */
export interface CellSurroundings {
  readonly folder: string;
  readonly modules: ModuleLoader;
  /** Values of earlier cells. */
  readonly cells: ReadonlyMap<string, CellValues>;
}

const parameters = ["exports", "require", "module", "__filename", "__dirname", cellHost].join(", ");

/** The file name under which a cell runs. */
export const fileOfCell = ({ cell }: CompiledCell, folder: string): string => join(folder, `${cell}.ts`);

/**
 * Runs a cell's code.
 *
 * @param values - are given the cell's names as they get their values.
 * @returns what the cell ends in, awaited.
 */
export async function runCell(
  cell: CompiledCell,
  values: CellValues,
  { folder, modules, cells }: CellSurroundings,
): Promise<unknown> {
  const filename = fileOfCell(cell, folder);
  const script = new Script(`(async function ${cellBody}(${parameters}) { ${cell.script}\n})`, { filename });
  const require = createRequire(filename);
  const take = (name: string) => {
    if (name.startsWith(modulePrefix)) return modules.loaded(name.slice(modulePrefix.length));
    if (name.startsWith(cellPrefix)) return cells.get(name.slice(cellPrefix.length));
    return require(name);
  };
  let end: unknown;
  const host = {
    end: (value: unknown) => {
      end = value;
    },
    load: (specifier: unknown, options?: ImportCallOptions) => modules.load(String(specifier), options),
    meta: { url: pathToFileURL(filename).href, filename, dirname: folder },
    resume,
    shell: (command: string) => runShell(command, folder),
  };
  const module = { exports: values };
  await script.runInThisContext()(values, Object.assign(take, require), module, filename, folder, host);
  return end;
}

/**
 * What cells await: it comes as it is, except that a cell which the user stopped in the meantime, and which does not care for
 * that itself, ends here.
 *
 * One `then` and no more, so that stacks still tell who awaited.
 */
function resume(awaited: unknown): unknown {
  if (!isThenable(awaited)) return awaited;
  const signal = currentCell.getStore()?.signal;
  return Promise.resolve(awaited).then((value) => {
    if (signal && !isListening(signal)) signal.throwIfAborted();
    return value;
  });
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  (typeof value === "object" || typeof value === "function") && value !== null && "then" in value;
