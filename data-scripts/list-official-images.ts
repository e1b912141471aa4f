/**
 * Lists the official images of a CIFAR set in `data-scripts/official-images/`, from a verified copy in the published order:
 * `npx tsx data-scripts/list-official-images.ts cifar10|cifar100 DIR`. Prints the digest for `src/data/packs/recipes.ts`.
 */
import path from "node:path";
import { packDigest } from "../src/data/packs/manifest.ts";
import { recipeOf } from "../src/data/packs/recipes.ts";
import { listImages } from "../src/data/sources/cifar/official-images.ts";
import { readCifar } from "../src/data/sources/cifar/read-cifar.ts";
import { openTree } from "../src/data/sources/open-tree.ts";
import { storeFile } from "../src/storage/store-file.ts";

const [name = "", folder = ""] = process.argv.slice(2);
const recipe = recipeOf(name);
if (recipe.kind !== "cifar") throw new Error(`${name} has no official list`);
const images = await readCifar(recipe, await openTree(folder), []);
await storeFile(path.join(import.meta.dirname, "official-images", `${name}.bin`), listImages(images));
process.stdout.write(`${name}: digest ${packDigest(images)}\n`);
