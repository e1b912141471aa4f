import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * The types of Node's own modules and globals: those of the notebook's project, else those that came with the kit.
 *
 * @param folder - of the notebook.
 */
export function nodeTypes(folder: string): string {
  for (const from of [join(folder, "notebook.ts"), import.meta.url]) {
    try {
      return join(dirname(createRequire(from).resolve("@types/node/package.json")), "index.d.ts");
    } catch {
      // Looked for in the next place.
    }
  }
  throw new Error("@types/node is a dependency of the kit and was not found");
}
