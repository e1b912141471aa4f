import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** The list of official images that ships with the kit, made by `data-scripts/list-official-images.ts`. */
export function shippedList(dataset: string): Promise<Uint8Array> {
  return readFile(
    fileURLToPath(new URL(`../../../../data-scripts/official-images/${dataset}.bin`, import.meta.url)),
  );
}
