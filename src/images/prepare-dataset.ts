import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { FailureError, UsageError } from "../errors.ts";
import { type LockOptions, whileLocked } from "../lock.ts";
import { findPythonFile, hasCifarBinaries, readCifarBinaries } from "./cifar-binary.ts";
import { type ReadImages, readClassFolders } from "./class-folders.ts";
import { downloadArchive, sha256 } from "./download.ts";
import { drawGlyphs } from "./glyphs.ts";
import type { Dataset, ImageOrigin } from "./image-set.ts";
import { openTree } from "./open-tree.ts";
import { packDataset } from "./pack-dataset.ts";
import type { OnProgress } from "./progress.ts";
import { type CifarRecipe, type DatasetRecipe, recipeOf } from "./recipes.ts";
import { restorePack } from "./replace-pack.ts";
import { readTinyImagenet } from "./tiny-imagenet.ts";

/** How a data set is made ready. */
export interface PrepareOptions extends LockOptions {
  /** Folder that holds the packs. */
  readonly dataDir: string;
  /** An archive or a folder to pack; without it CIFAR is downloaded. */
  readonly from?: string;
  readonly onProgress?: OnProgress | undefined;
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
  { dataDir, from, onProgress, signal }: PrepareOptions,
): Promise<ReadImages & Pick<Dataset, "origin">> {
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
      const { numClasses, trainPerClass, testPerClass } = recipe;
      const options = { trainPerClass, testPerClass, onProgress, signal };
      const read = await readTinyImagenet(await openTree(from, signal), numClasses, options);
      return { origin: "re-encoded", ...read };
    }
    case "cifar": {
      const downloads = path.join(dataDir, "downloads");
      const options = { onProgress, signal };
      const source = from ?? (await downloadArchive(recipe.archive, recipe.baseUrl, downloads, options));
      return readCifar(recipe, source, options);
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
 * CIFAR from binaries or from class-named image folders.
 *
 * Only the published archive is `official`. Binary files in a folder are taken, but nothing vouches for their bytes, as no
 * checksums of the single files are published; another archive of binaries is refused, since it can only be a damaged one.
 */
async function readCifar(
  recipe: CifarRecipe,
  source: string,
  options: Pick<PrepareOptions, "onProgress" | "signal">,
): Promise<ReadImages & { readonly origin: ImageOrigin }> {
  const { signal } = options;
  const isFile = (await stat(source).catch(() => undefined))?.isFile() ?? false;
  const hash = isFile ? await sha256(source, signal) : "";
  const tree = await openTree(source, signal);
  if (hasCifarBinaries(tree, recipe.format)) {
    const isOfficial = hash === recipe.archive.sha256;
    if (isFile && !isOfficial) {
      throw new FailureError({
        rule: `${source} must be the published ${recipe.archive.file}, SHA-256 ${recipe.archive.sha256}`,
        got: hash,
        remedy: `download it again with \`h2t data ${recipe.name}\``,
      });
    }
    return {
      origin: isOfficial ? "official" : "re-encoded",
      ...(await readCifarBinaries(tree, recipe.format, signal)),
    };
  }
  const pythonFile = findPythonFile(tree, recipe.format);
  if (pythonFile !== undefined) {
    throw new FailureError({
      rule: `${source} must be the binary version, ${recipe.archive.file}, or class folders`,
      got: `the Python version, with ${pythonFile}`,
      remedy: `pass ${recipe.archive.file} to --from, or download it with \`h2t data ${recipe.name}\``,
    });
  }
  const { trainPerClass, testPerClass, format } = recipe;
  const { numClasses } = format;
  const read = await readClassFolders(tree, { numClasses, trainPerClass, testPerClass, ...options });
  return { origin: "re-encoded", ...read };
}
