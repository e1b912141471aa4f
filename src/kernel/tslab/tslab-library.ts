import { createRequire } from "node:module";
import type { Executor } from "tslab/dist/executor.js";

const require = createRequire(import.meta.url);

/** Takes what tslab says of a cell. */
export interface TslabOutput {
  /** What the cell ends in. */
  log(value: unknown): void;
  /** What is wrong: an error alone, or a format and its values. */
  error(...complaint: unknown[]): void;
}

/** What a cell shows by tslab's own `display`. */
interface TslabDisplay {
  readonly data: Readonly<Record<string, unknown>>;
  readonly transient: { readonly display_id?: string };
}

type Show = (display: TslabDisplay, isUpdate?: boolean) => void;

// Loaded when first needed, since the compiler in it takes seconds to load.
const part = <Part>(name: string): Part => require(`tslab/dist/${name}.js`);

/** tslab's version. */
export const tslabVersion = (): string => require("tslab/package.json").version;

/** tslab's compiler and what runs its output, in this process's folder. */
export function makeExecutor(output: TslabOutput): Executor {
  const { createConverter } = part<typeof import("tslab/dist/converter.js")>("converter");
  const { createExecutor } = part<typeof import("tslab/dist/executor.js")>("executor");
  const node = createConverter({ isJS: false, isBrowser: false });
  // Cells for browsers, which tslab itself does not finish, are checked as others are.
  return createExecutor(process.cwd(), { node, browser: node, close: () => node.close() }, output);
}

/** Tells tslab's `display` where to go, in the way its own kernel does before each cell. */
export function offerDisplay(show: Show): void {
  part<{ lastWriteDisplayData: Show }>("jupyter").lastWriteDisplayData = show;
}

/** What is known of a name, as text. */
export function printInfo(info: ReturnType<Executor["inspect"]>): string {
  return part<typeof import("tslab/dist/inspect.js")>("inspect").printQuickInfo(info);
}

/** Whether code can be run as it is. */
export function isCompleteCode(code: string) {
  return part<typeof import("tslab/dist/converter.js")>("converter").isCompleteCode(code);
}
