import type { LanguageEngine } from "./language-engine.ts";

/** The engines by the name under which a kernel is started with them. */
export const engines = {
  own: async (): Promise<LanguageEngine> =>
    (await import("./typescript/typescript-engine.ts")).typescriptEngine(),
  tslab: async (): Promise<LanguageEngine> => (await import("./tslab/tslab-engine.ts")).tslabEngine(),
} as const;
