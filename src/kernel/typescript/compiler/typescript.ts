import type TS from "typescript";
import { loadWithCodeCache } from "../../load-with-code-cache.ts";

const loaded = loadWithCodeCache<typeof TS>("typescript");

/** The compiler. Required, not imported: looking for the exports of nine megabytes of CommonJS takes three times as long. */
export const ts = loaded.exports;

/** Makes the next start faster; to be called when the compiler has done most of what it can do. */
export const keepCompilerCode = loaded.keep;
