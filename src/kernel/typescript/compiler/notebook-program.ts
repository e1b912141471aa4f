import { join } from "node:path";
import type TS from "typescript";
import { cellGlobals } from "./cell-globals.ts";
import { isFixed } from "./is-fixed.ts";
import { nodeTypes } from "./node-types.ts";
import { moduleResolution } from "./resolve-module.ts";
import { ts } from "./typescript.ts";

const isNode22 = Number(process.versions.node.split(".")[0]) >= 22;

const options: TS.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ESNext,
  // What this Node knows; no browser.
  lib: [isNode22 ? "lib.es2024.d.ts" : "lib.es2023.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  customConditions: ["node"],
  moduleDetection: ts.ModuleDetectionKind.Force,
  allowImportingTsExtensions: true,
  noEmit: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  types: [],
};

interface Text {
  readonly version: string;
  readonly snapshot: TS.IScriptSnapshot;
}

/** A notebook's cells as modules in its folder, and the compiler's view of the one that is worked on. */
export class NotebookProgram {
  readonly service: TS.LanguageService;
  readonly #folder: string;
  readonly #cells = new Map<string, Text>();
  readonly #disk = new Map<string, Text | undefined>();
  #current = "";
  #changes = 0;

  /** @param folder - of the notebook, from which imports are looked up. */
  constructor(folder: string) {
    this.#folder = folder;
    const globals = join(folder, "cell-globals.d.ts");
    this.#cells.set(globals, textOf(cellGlobals, "0"));
    const roots = [globals, nodeTypes(folder)];
    const has = (file: string) => this.#cells.has(file);
    const { directoryExists, getDirectories, readDirectory, useCaseSensitiveFileNames } = ts.sys;
    const system = {
      directoryExists,
      getDirectories,
      readDirectory,
      ...(ts.sys.realpath ? { realpath: ts.sys.realpath } : {}),
      fileExists: (file: string) => has(file) || ts.sys.fileExists(file),
      readFile: (file: string) => this.#text(file)?.snapshot.getText(0, Number.MAX_SAFE_INTEGER),
    };
    const host: TS.LanguageServiceHost = {
      ...system,
      useCaseSensitiveFileNames: () => useCaseSensitiveFileNames,
      getCompilationSettings: () => options,
      getScriptFileNames: () => [...roots, this.#current],
      getScriptVersion: (file) => this.#text(file)?.version ?? "",
      getScriptSnapshot: (file) => this.#text(file)?.snapshot,
      getProjectVersion: () => String(this.#changes),
      getCurrentDirectory: () => folder,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      ...moduleResolution(system),
    };
    this.service = ts.createLanguageService(host, keepingRegistry());
  }

  /** Writes a cell's module and turns to it. @returns its file. */
  write(cell: string, text: string): string {
    this.#current = this.#fileOf(cell);
    this.#cells.set(this.#current, textOf(text, String(++this.#changes)));
    return this.#current;
  }

  /** Forgets a cell, such as one that never ran. */
  remove(cell: string): void {
    this.#cells.delete(this.#fileOf(cell));
  }

  #fileOf(cell: string): string {
    return join(this.#folder, `${cell}.ts`);
  }

  /** Files of packages are read once, those beside the notebook again when they have changed. */
  #text(file: string): Text | undefined {
    const cell = this.#cells.get(file);
    if (cell) return cell;
    const known = this.#disk.get(file);
    if (known && isFixed(file)) return known;
    const version = isFixed(file) ? "" : String(ts.sys.getModifiedTime?.(file)?.getTime());
    if (known?.version === version) return known;
    const content = ts.sys.readFile(file);
    const text = content === undefined ? undefined : textOf(content, version);
    this.#disk.set(file, text);
    return text;
  }
}

/** Keeps what was parsed: a package that this cell does not use may be used by the next, and reading it takes a second. */
function keepingRegistry(): TS.DocumentRegistry {
  const keep = () => {};
  return { ...ts.createDocumentRegistry(), releaseDocument: keep, releaseDocumentWithKey: keep };
}

const textOf = (content: string, version: string): Text => ({
  version,
  snapshot: ts.ScriptSnapshot.fromString(content),
});
