import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** Reads the list of official images that ships with the kit; `data-scripts/list-official-images.ts` generates it. */
export function shippedList(dataset: string): Promise<Uint8Array> {
  return readFile(
    fileURLToPath(new URL(`../../../../data-scripts/official-images/${dataset}.bin`, import.meta.url)),
  );
}
