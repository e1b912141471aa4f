/** Packs CIFAR-10: `npx tsx data-scripts/cifar10.ts [ARCHIVE|DIR]`; without an argument it downloads the published archive. */
import { prepareDataset } from "../src/images/prepare-dataset.ts";

const [from] = process.argv.slice(2);
await prepareDataset("cifar10", { dataDir: "data", ...(from && { from }) });
