import { createRequire } from "node:module";
import type { MimeBundle } from "./mime-bundle.ts";

/** What tslab is handed to show; a message with the same `display_id` and `update` replaces the one before. */
interface DisplayMessage {
  readonly data: MimeBundle;
  readonly metadata: object;
  readonly transient: { readonly display_id?: string };
}

const require = createRequire(import.meta.url);

/** How tslab, the kernel, sends something to the notebook; `undefined` where this process is not one. */
export function tslabWriter(): ((message: DisplayMessage, update?: boolean) => void) | undefined {
  let path: string;
  try {
    path = require.resolve("tslab/dist/jupyter.js");
  } catch {
    return undefined;
  }
  return require.cache[path]?.exports.lastWriteDisplayData ?? undefined;
}
