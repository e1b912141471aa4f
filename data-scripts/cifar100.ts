/** Packs CIFAR-100, with its splits: `npx tsx data-scripts/cifar100.ts [ARCHIVE|DIR]`; without an argument it downloads the published archive. */
import { prepareDataset } from "../src/data/packs/prepare-dataset.ts";
import { dataDir, writeSplits } from "./write-splits.ts";

const [from] = process.argv.slice(2);
await writeSplits(await prepareDataset("cifar100", { dataDir, ...(from && { from }) }));
