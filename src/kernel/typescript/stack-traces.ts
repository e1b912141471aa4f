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

/**
 * The frames of the user's and of packages: what loads and calls them is outside of those. An error of the kernel's own keeps all,
 * but none of an error that says what to do.
 */
function usersFrames(
  error: Error,
  sites: readonly NodeJS.CallSite[],
  places: CellPlaces,
): readonly NodeJS.CallSite[] {
  const hasCell = sites.some((site) => places.has(fileOf(site)));
  if (!hasCell && error instanceof KitError) return [];
  const shown = sites.filter((site) => !isHidden(fileOf(site)));
  const outermost = sites.findIndex(isCell);
  if (outermost >= 0) return sites.slice(0, outermost + 1).filter((site) => shown.includes(site));
  const isKernels = shown.length === 0 && sites.some((site) => pathOf(site).startsWith(kernelFolder));
  if (isKernels) return sites;
  const lastOfUser = shown.findLastIndex((site) => !pathOf(site).includes("/node_modules/"));
  return hasCell || lastOfUser < 0 ? shown : shown.slice(0, lastOfUser + 1);
}

/** A cell itself, which nobody calls but the kernel. */
const isCell = (site: NodeJS.CallSite) => site.getFunctionName() === cellBody;

const fileOf = (site: NodeJS.CallSite) => site.getFileName() ?? "";

const pathOf = (site: NodeJS.CallSite) => plainPath(fileOf(site));

/** Modules that are loaded as TypeScript have a question behind their name. */
const plainPath = (file: string) =>
  file.startsWith("file:") ? fileURLToPath(file.replace(/\?.*$/, "")) : file.replace(/\?namespace=.*$/, "");

/** Node's own, the kernel's, and those of what makes JavaScript of imported files. */
function isHidden(file: string): boolean {
  const path = plainPath(file);
  return path === "" || path.startsWith("node:") || path.startsWith(kernelFolder) || translator.test(path);
}

const translator = /\/node_modules\/(?:tsx|esbuild|get-tsconfig)\//;

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
