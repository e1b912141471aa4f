import { basename, dirname, join } from "node:path";
import type TS from "typescript";
import { AmbientFiles } from "./ambient-files.ts";
import { cellGlobals } from "./cell-globals.ts";
import { globalDeclarations, withoutGlobals } from "./global-declarations.ts";
import { isFixed } from "./is-fixed.ts";
import { nodeTypes } from "./node-types.ts";
import { type NotebookOptions, notebookOptions, settingsFile } from "./notebook-options.ts";
import { moduleResolution } from "./resolve-module.ts";
import { ts } from "./typescript.ts";

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
  readonly #ambient = new AmbientFiles();
  #current = "";
  #changes = 0;
  #settings: { readonly version: string; readonly options: NotebookOptions };

  /** @param folder - of the notebook, from which imports are looked up. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#settings = this.#readSettings();
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
      getCompilationSettings: () => this.#settings.options.checking,
      getScriptFileNames: () => [...new Set([...roots, ...this.#ambient.all, this.#current])].filter(isThere),
      getScriptVersion: (file) => this.#text(file)?.version ?? "",
      getScriptSnapshot: (file) => this.#text(file)?.snapshot,
      getProjectVersion: () => String(this.#changes),
      getCurrentDirectory: () => folder,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      ...moduleResolution(system),
    };
    const isCell = (file: string) => dirname(file) === folder && /^In\[/.test(basename(file));
    const isThere = (file: string) => host.getScriptSnapshot(file) !== undefined;
    this.service = ts.createLanguageService(host, keepingRegistry(isCell));
  }

  /** How cells are checked and translated now: the settings beside the notebook may change. */
  get options(): NotebookOptions {
    const version = this.#settingsVersion();
    if (version !== this.#settings.version) this.#settings = this.#readSettings();
    return this.#settings.options;
  }

  /** Writes a cell's module and turns to it. @returns its file. */
  write(cell: string, text: string): string {
    this.#current = this.#fileOf(cell);
    this.#put(this.#current, text);
    return this.#current;
  }

  /** Forgets a cell, such as one that never ran. */
  remove(cell: string): void {
    this.#cells.delete(this.#fileOf(cell));
  }

  /** Cells that declare something for everybody. */
  ambientCells(): string[] {
    return [...this.#ambient.all]
      .filter((file) => this.#cells.has(file))
      .map((file) => basename(file).replace(/\.tsx?$/, ""));
  }

  /** Lets all later cells see what the files of the current one declare for everybody. */
  noteAmbient(): void {
    const program = this.service.getProgram();
    if (program) this.#ambient.note(program);
  }

  /**
   * Takes from earlier cells what code declares for everybody anew.
   *
   * @returns gives it back to them.
   */
  supersedeGlobals(code: string): () => void {
    const names = new Set(globalDeclarations(code).flatMap((declaration) => declaration.names));
    const before = new Map<string, string>();
    if (names.size === 0) return () => {};
    for (const [file, { snapshot }] of this.#cells) {
      const text = snapshot.getText(0, snapshot.getLength());
      const left = file.endsWith(".d.ts") ? text : withoutGlobals(text, names);
      if (left === text) continue;
      before.set(file, text);
      this.#put(file, left);
    }
    return () => {
      for (const [file, text] of before) this.#put(file, text);
    };
  }

  #put(file: string, text: string): void {
    this.#cells.set(file, textOf(text, String(++this.#changes)));
  }

  #fileOf(cell: string): string {
    return join(this.#folder, cell);
  }

  #settingsVersion(): string {
    return String(ts.sys.getModifiedTime?.(settingsFile(this.#folder))?.getTime());
  }

  #readSettings() {
    this.#changes++;
    return { version: this.#settingsVersion(), options: notebookOptions(this.#folder) };
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

/**
 * Keeps what was parsed, but for cells: a package that this cell does not use may be used by the next, and reading it takes a
 * second.
 */
function keepingRegistry(isCell: (file: string) => boolean): TS.DocumentRegistry {
  const registry = ts.createDocumentRegistry();
  return {
    ...registry,
    releaseDocument: () => {},
    releaseDocumentWithKey(
      path: TS.Path,
      key: TS.DocumentRegistryBucketKey,
      kind?: TS.ScriptKind,
      format?: TS.ResolutionMode,
    ) {
      if (isCell(path) && kind !== undefined) registry.releaseDocumentWithKey(path, key, kind, format);
    },
  };
}

const textOf = (content: string, version: string): Text => ({
  version,
  snapshot: ts.ScriptSnapshot.fromString(content),
});
