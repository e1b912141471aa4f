import { join } from "node:path";
import type TS from "typescript";
import { ts } from "./typescript.ts";

const isNode22 = Number(process.versions.node.split(".")[0]) >= 22;

/** How cells are checked where nothing else is asked for. */
const defaults: TS.CompilerOptions = {
  strict: true,
  // What this Node knows; no browser.
  lib: [isNode22 ? "lib.es2024.d.ts" : "lib.es2023.d.ts"],
  customConditions: ["node"],
  resolveJsonModule: true,
  skipLibCheck: true,
  types: [],
};

/** What makes a cell a cell, and what would refuse code that only a later cell makes use of. */
const fixed: TS.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  // Takes `import fs = require("node:fs")`, too.
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  allowImportingTsExtensions: true,
  noEmit: true,
  composite: false,
  incremental: false,
  declaration: false,
  isolatedDeclarations: false,
  isolatedModules: false,
  verbatimModuleSyntax: false,
  noUnusedLocals: false,
  noUnusedParameters: false,
};

/** Options that change the JavaScript of a cell. */
const emitted = [
  "jsx",
  "jsxFactory",
  "jsxFragmentFactory",
  "jsxImportSource",
  "experimentalDecorators",
  "emitDecoratorMetadata",
  "useDefineForClassFields",
] as const;

/** How a notebook's cells are checked and translated. */
export interface NotebookOptions {
  readonly checking: TS.CompilerOptions;
  readonly emitting: TS.CompilerOptions;
  /** What is wrong with the settings. */
  readonly fault: string | undefined;
}

/** The settings file that counts: the one beside the notebook. */
export const settingsFile = (folder: string): string => join(folder, "tsconfig.json");

/** Reads the settings beside a notebook; without any, cells are strict. */
export function notebookOptions(folder: string): NotebookOptions {
  const file = settingsFile(folder);
  if (!ts.sys.fileExists(file))
    return { checking: { ...defaults, ...fixed }, emitting: {}, fault: undefined };
  const { config, error } = ts.readConfigFile(file, ts.sys.readFile);
  // No cell is a file of the project, so that none of its files need be looked for.
  const json = { ...config, files: [], include: [] };
  const { options, errors } = ts.parseJsonConfigFileContent(json, ts.sys, folder, undefined, file);
  const [first] = [...(error ? [error] : []), ...errors.filter(({ code }) => code !== emptyFiles)];
  return {
    checking: { ...defaults, ...options, ...fixed },
    emitting: { ...pick(options), ...runnableJsx(options) },
    fault: first && ts.flattenDiagnosticMessageText(first.messageText, "\n"),
  };
}

const pick = (options: TS.CompilerOptions): TS.CompilerOptions =>
  Object.fromEntries(emitted.flatMap((name) => (name in options ? [[name, options[name]]] : [])));

/** Some settings leave JSX for another tool to translate; cells have none. */
const runnableJsx = ({ jsx }: TS.CompilerOptions): TS.CompilerOptions =>
  jsx === ts.JsxEmit.Preserve || jsx === ts.JsxEmit.ReactNative ? { jsx: ts.JsxEmit.ReactJSX } : {};

/** "The 'files' list is empty". */
const emptyFiles = 18002;
