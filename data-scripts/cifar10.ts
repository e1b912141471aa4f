/** Packs CIFAR-10 and writes its splits: `npx tsx data-scripts/cifar10.ts [ARCHIVE|DIR]`. Downloads the published archive by default. */
import { prepareDataset } from "../src/data/packs/prepare-dataset.ts";
import { dataDir, writeSplits } from "./write-splits.ts";

const [from] = process.argv.slice(2);
await writeSplits(await prepareDataset("cifar10", { dataDir, from }));
