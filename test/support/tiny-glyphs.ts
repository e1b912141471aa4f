import type { Dataset } from "../../src/data/image-set.ts";
import { packDataset } from "../../src/data/packs/pack-dataset.ts";
import { generateGlyphs } from "../../src/data/sources/glyphs/glyphs.ts";

/** Packs glyphs-10 with 50 training and 2 test images a class: the real thing, small enough to train in seconds. */
export const packTinyGlyphs = (dataDir: string): Promise<Dataset> =>
  packDataset(generateGlyphs({ numClasses: 10, trainPerClass: 50, testPerClass: 2, seed: 0 }), dataDir);
