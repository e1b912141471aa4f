/** Generates both glyph data sets and writes their splits: `npx tsx data-scripts/glyphs.ts`. */
import { prepareDataset } from "../src/data/packs/prepare-dataset.ts";
import { dataDir, writeSplits } from "./write-splits.ts";

for (const name of ["glyphs-10", "glyphs-100"]) await writeSplits(await prepareDataset(name, { dataDir }));
