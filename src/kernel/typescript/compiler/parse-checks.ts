import type TS from "typescript";
import { ts } from "./typescript.ts";

const diagnosticsOf = (text: string, fileName: string, jsx: TS.JsxEmit | undefined) =>
  ts.transpileModule(text, {
    reportDiagnostics: true,
    fileName,
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      ...(jsx === undefined ? {} : { jsx }),
    },
  }).diagnostics ?? [];

/** What is wrong with code as a text of the language, whatever its names mean. */
export const syntaxErrors = (text: string): readonly TS.Diagnostic[] =>
  diagnosticsOf(text, "cell.ts", undefined);

/** Whether code is no text of the language. */
export const hasSyntaxError = (text: string): boolean => syntaxErrors(text).length > 0;

/** Whether code can be read with JSX only. */
export const isTsxOnly = (text: string): boolean =>
  /<[\w$>]/.test(text) &&
  hasSyntaxError(text) &&
  diagnosticsOf(text, "cell.tsx", ts.JsxEmit.Preserve).length === 0;
