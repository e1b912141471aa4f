import { findSourceMap } from "node:module";
import { fileURLToPath } from "node:url";
import { KitError } from "../../errors.ts";
import type { CellPlaces } from "./cell-places.ts";
import { cellBody } from "./compiler/running-names.ts";

/** Where the kernel's own code lies. */
const kernelFolder = fileURLToPath(new URL("..", import.meta.url));

/**
 * Makes the stack of every error point to the user's code: places in cells as `In[3]:2:7`, those in files at the lines that
 * they were compiled from; where a cell takes part, without the kernel's own frames and Node's.
 *
 * @returns undoes it.
 */
export function pointStacksToCells(places: CellPlaces): () => void {
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, sites) => {
    const frames = usersFrames(error, sites, places).map((site) => `    at ${describe(site, places)}`);
    return [headline(error), ...frames].join("\n");
  };
  return () => {
    Error.prepareStackTrace = before;
  };
}

/** The frames of the user's and of packages; where no cell takes part, all of them, but none of an error that says what to do. */
function usersFrames(
  error: Error,
  sites: readonly NodeJS.CallSite[],
  places: CellPlaces,
): readonly NodeJS.CallSite[] {
  if (!sites.some((site) => places.has(fileOf(site)))) return error instanceof KitError ? [] : sites;
  const outermost = sites.findIndex(isCell);
  return sites
    .slice(0, outermost < 0 ? sites.length : outermost + 1)
    .filter((site) => !isHidden(fileOf(site)));
}

/** A cell itself, which nobody calls but the kernel. */
const isCell = (site: NodeJS.CallSite) => site.getFunctionName() === cellBody;

const fileOf = (site: NodeJS.CallSite) => site.getFileName() ?? "";

const isHidden = (file: string) =>
  file.startsWith("node:") ||
  (file.startsWith("file:") ? fileURLToPath(file) : file).startsWith(kernelFolder);

function headline(error: Error): string {
  try {
    // Not the error's own way: Node's errors write their code, which Node adds anyway.
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

function describe(site: NodeJS.CallSite, places: CellPlaces): string {
  const file = fileOf(site);
  const line = site.getLineNumber() ?? 0;
  const column = site.getColumnNumber() ?? 0;
  const text = String(site);
  const place = places.has(file) ? places.find(file, line, column) : placeInSource(file, line, column);
  if (place === undefined) return text;
  return isCell(site) ? place : text.replace(`${file}:${line}:${column}`, place);
}

/** The place that a file's JavaScript was compiled from, where Node knows it. */
function placeInSource(file: string, line: number, column: number): string | undefined {
  const entry = findSourceMap(file)?.findEntry(line - 1, column - 1);
  if (!entry || !("originalLine" in entry)) return undefined;
  return `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}
