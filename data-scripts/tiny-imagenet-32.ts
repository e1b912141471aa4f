/** Packs Tiny ImageNet in the shape of CIFAR-100 and writes its splits: `npx tsx data-scripts/tiny-imagenet-32.ts ARCHIVE|DIR`. */
import { prepareDataset } from "../src/data/packs/prepare-dataset.ts";
import { dataDir, writeSplits } from "./write-splits.ts";

const [from] = process.argv.slice(2);
await writeSplits(await prepareDataset("tiny-imagenet-32", { dataDir, from }));
