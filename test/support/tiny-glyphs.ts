import { generateGlyphs } from "../../src/images/glyphs.ts";
import type { Dataset } from "../../src/images/image-set.ts";
import { packDataset } from "../../src/images/pack-dataset.ts";

/** Packs glyphs-10 with 50 training and 2 test images a class: the real thing, small enough to train in seconds. */
export const packTinyGlyphs = (dataDir: string): Promise<Dataset> =>
  packDataset(generateGlyphs({ numClasses: 10, trainPerClass: 50, testPerClass: 2, seed: 0 }), dataDir);
