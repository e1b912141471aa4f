/** Draws both generated data sets: `npx tsx data-scripts/glyphs.ts`. */
import { prepareDataset } from "../src/images/prepare-dataset.ts";

for (const name of ["glyphs-10", "glyphs-100"]) await prepareDataset(name, { dataDir: "data" });
