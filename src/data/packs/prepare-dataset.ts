import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { FailureError, UsageError } from "../../errors.ts";
import { type LockOptions, whileLocked } from "../../storage/lock.ts";
import type { Dataset } from "../image-set.ts";
import type { OnProgress } from "../progress.ts";
import { recognise } from "../sources/cifar/official-images.ts";
import { readCifar } from "../sources/cifar/read-cifar.ts";
import type { ReadImages } from "../sources/class-folders.ts";
import { downloadArchive, sha256 } from "../sources/download.ts";
import { drawGlyphs } from "../sources/glyphs/glyphs.ts";
import { openTree } from "../sources/open-tree.ts";
import { firstSynsets, readTinyImagenet } from "../sources/tiny-imagenet.ts";
import { packDigest } from "./manifest.ts";
import { packDataset } from "./pack-dataset.ts";
import { type CifarRecipe, type DatasetRecipe, recipeOf, recipes } from "./recipes.ts";
import { restorePack } from "./replace-pack.ts";

/** How a data set is made ready. */
export interface PrepareOptions extends LockOptions {
  /** Folder that holds the packs. */
  readonly dataDir: string;
  /** An archive or a folder to pack; without it CIFAR is downloaded. */
  readonly from?: string;
  readonly onProgress?: OnProgress | undefined;
  /** Called with a sentence that the user should know. */
  readonly onNote?: ((note: string) => void) | undefined;
}

/**
 * Makes a data set ready for use: downloads or reads or draws it, verifies and packs it to `<dataDir>/<name>/`.
 *
 * @param recipe - a data set's name, or a recipe of one's own.
 * @returns the packed data set, in memory.
 * @throws {UsageError} if the name is unknown, or `from` is missing or out of place.
 * @throws {FailureError} if the download or the images are damaged, or the disk is full; no pack is left half-written.
 * @throws the signal's reason, when it was aborted before the pack was written.
 * @example await prepareDataset("glyphs-10", { dataDir: "data" });
 */
export async function prepareDataset(
  recipe: string | DatasetRecipe,
  options: PrepareOptions,
): Promise<Dataset> {
  const known = typeof recipe === "string" ? recipeOf(recipe) : recipe;
  // Before the images, which may not be had again.
  await restorePack(path.join(options.dataDir, known.name));
  const images = await readImages(known, options);
  options.signal?.throwIfAborted();
  return packDataset({ name: known.name, ...images }, options.dataDir);
}

async function readImages(
  recipe: DatasetRecipe,
  { dataDir, from, onProgress, onNote, signal }: PrepareOptions,
): Promise<ReadImages & Pick<Dataset, "origin" | "officialImages">> {
  switch (recipe.kind) {
    case "glyphs": {
      if (from === undefined) return drawGlyphs({ ...recipe, ...(onProgress && { onProgress }) }, signal);
      throw new UsageError({
        rule: `${recipe.name} is drawn by the kit and takes no --from`,
        got: from,
        remedy: `run \`h2t data ${recipe.name}\``,
      });
    }
    case "tiny-imagenet": {
      if (from === undefined) {
        throw new UsageError({
          rule: `${recipe.name} has no published archive at 32 × 32 and needs --from`,
          got: "none",
          remedy: "pass a folder or archive of Tiny ImageNet resized to 32 × 32",
        });
      }
      const { trainPerClass, testPerClass } = recipe;
      const options = { trainPerClass, testPerClass, onProgress, signal };
      const read = await readTinyImagenet(await openTree(from, signal), firstSynsets, options);
      return { origin: "re-encoded", ...read };
    }
    case "cifar": {
      const downloads = path.join(dataDir, "downloads");
      const options = { onProgress, signal };
      const source = from ?? (await downloadArchive(recipe.archive, recipe.baseUrl, downloads, options));
      return readOfficially(recipe, source, { ...options, onNote });
    }
  }
}

/**
 * Makes a data set ready unless it is: of several processes that find none, one draws or downloads it and the others wait.
 *
 * @throws as `prepareDataset` does.
 * @example await ensurePacked("glyphs-10", { dataDir: "data" });
 */
export async function ensurePacked(recipe: string | DatasetRecipe, options: PrepareOptions): Promise<void> {
  const { name } = typeof recipe === "string" ? recipeOf(recipe) : recipe;
  const folder = path.join(options.dataDir, name);
  const isPacked = () => existsSync(path.join(folder, "manifest.json"));
  if (isPacked()) return;
  await whileLocked(folder, options, async () => {
    await restorePack(folder);
    if (!isPacked()) await prepareDataset(recipe, options);
  });
}

/**
 * CIFAR from any of its forms. Its pixels decide whether the images are official, not the file that they came in.
 *
 * Official images get the published order and so the published digest. If a published archive, known by its SHA-256, ever holds
 * another order than the kit's list, the archive is right.
 */
async function readOfficially(
  recipe: CifarRecipe,
  source: string,
  { onNote, ...options }: Pick<PrepareOptions, "onProgress" | "signal" | "onNote">,
): Promise<ReadImages & Pick<Dataset, "origin" | "officialImages">> {
  const { archive, pythonArchive, official, name } = recipe;
  const tree = await openTree(source, options.signal);
  const others = recipes.filter((other) => other.kind === "cifar" && other.name !== name) as CifarRecipe[];
  const images = await readCifar(recipe, tree, others, options);
  const list = await official.list();
  const found = recognise(images, { list, digest: official.digest });
  const total = images.train.labels.length + images.test.labels.length;
  if (found.misnumbered > 0) {
    throw new FailureError({
      code: "CLASSES_MISNUMBERED",
      problem: `${found.misnumbered} of ${total} images in ${source} are official images of another class`,
      fix: "name the class folders by the official class names",
    });
  }
  const isPublished = await hasSha256(source, [archive.sha256, pythonArchive.sha256], options.signal);
  if (isPublished && packDigest(images) !== official.digest) {
    onNote?.(
      `${source} is the published archive, and its order differs from the kit's list; the archive's order is used.`,
    );
    return { ...images, origin: "official", officialImages: total };
  }
  if (found.ordered) return { ...images, ...found.ordered, origin: "official", officialImages: total };
  return { ...images, origin: "re-encoded", officialImages: found.official };
}

async function hasSha256(source: string, hashes: readonly string[], signal?: AbortSignal): Promise<boolean> {
  const isFile = (await stat(source)).isFile();
  return isFile && hashes.includes(await sha256(source, signal));
}
