import path from "node:path";
import type { Dataset } from "../src/data/image-set.ts";
import { longTailedSplit } from "../src/splits/long-tailed-split.ts";
import { storeFile } from "../src/storage/store-file.ts";

/** Folder of packed data sets: the kit's `data/`, whatever the working directory. */
export const dataDir = path.join(import.meta.dirname, "..", "data");

/** Writes the paper's three splits next to the images, in the format of `h2t split --json`. */
export async function writeSplits({ name, train }: Dataset): Promise<void> {
  for (const imbalanceRatio of [200, 100, 50]) {
    const { classCounts, positions } = longTailedSplit(train.labels, train.numClasses, imbalanceRatio);
    const split = {
      dataset: name,
      imbalanceRatio,
      classCounts,
      positions: positions.map((list) => [...list]),
    };
    await storeFile(path.join(dataDir, name, `split-${imbalanceRatio}.json`), `${JSON.stringify(split)}\n`);
  }
}
