import { createRequire } from "node:module";
import type TS from "typescript";

/** The compiler. Required, not imported: looking for the exports of nine megabytes of CommonJS takes three times as long. */
export const ts: typeof TS = createRequire(import.meta.url)("typescript");
