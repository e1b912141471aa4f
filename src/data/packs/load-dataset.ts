import { access, readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { FailureError } from "../../errors.ts";
import { cellInterruption } from "../../notebook/cell-interruption.ts";
import type { LockOptions } from "../../storage/lock.ts";
import type { Dataset, ImageSet } from "../image-set.ts";
import {
  fingerprint,
  isAsWritten,
  type Manifest,
  manifestSchema,
  overallDigest,
  type PackedFile,
} from "./manifest.ts";
import { ensurePacked } from "./prepare-dataset.ts";
import { recipeOf } from "./recipes.ts";

/**
 * Loads a packed data set and verifies every byte against its manifest. Generates glyphs first if they are missing.
 *
 * @param name - such as `cifar10`.
 * @param dataDir - the folder that holds the packs.
 * @param waiting - options for waiting on a process that generates the same glyphs. The signal, by default that of the
 *   notebook cell, also stops the generation.
 * @throws {UsageError} if no data set has that name.
 * @throws {FailureError} if the data set is missing, or a file is missing, short or altered.
 * @throws the signal's reason if the signal is aborted.
 * @example const { train, test, origin } = await loadDataset("cifar10", "data");
 */
export async function loadDataset(
  name: string,
  dataDir: string,
  waiting: LockOptions = {},
): Promise<Dataset> {
  const folder = path.join(dataDir, name);
  const isPacked = await access(path.join(folder, "manifest.json")).then(
    () => true,
    () => false,
  );
  if (!isPacked) {
    const recipe = recipeOf(name);
    if (recipe.kind !== "glyphs") {
      throw new FailureError({
        code: "DATA_SET_NOT_PACKED",
        problem: `${name} is not packed in ${folder}`,
        fix: `run \`h2t data ${name}${recipe.kind === "tiny-imagenet" ? " --from PATH" : ""}\``,
      });
    }
    const { onWait, signal = cellInterruption() } = waiting;
    await ensurePacked(recipe, { dataDir, onWait, signal });
  }
  const manifest = await readManifest(folder, name);
  const train = await readSplit(folder, manifest, "train");
  const test = await readSplit(folder, manifest, "test");
  return datasetOf(manifest, train, test);
}

/**
 * Loads the labels of a data set without its images, for work on cached features.
 *
 * @param folder - holds `manifest.json`, `train-labels.bin` and `test-labels.bin` of the pack.
 * @returns the data set; reading its pixels throws an error.
 * @throws {FailureError} if a file is missing, short or altered.
 */
export async function loadLabels(name: string, folder: string): Promise<Dataset> {
  const manifest = await readManifest(folder, name);
  const labelled = async (split: "train" | "test"): Promise<ImageSet> => ({
    get pixels(): Uint8Array {
      throw new FailureError({
        code: "IMAGES_NOT_PACKED",
        problem: `the images of ${name} are needed, but only its labels ship with the kit`,
        fix: `run \`h2t data ${name}\``,
      });
    },
    labels: await readLabels(folder, manifest, split),
    ...shapeOf(manifest),
  });
  return datasetOf(manifest, await labelled("train"), await labelled("test"));
}

const datasetOf = (
  { name, origin, digest, officialImages, classNames }: Manifest,
  train: ImageSet,
  test: ImageSet,
): Dataset => ({ name, origin, digest, officialImages, classNames, train, test });

const shapeOf = ({ height, width, classNames }: Manifest) => ({
  height,
  width,
  numClasses: classNames.length,
});

async function readManifest(folder: string, name: string): Promise<Manifest> {
  const file = path.join(folder, "manifest.json");
  const text = await readFile(file, "utf8").catch((cause: Error) => {
    throw unreadable(file, name, cause);
  });
  let manifest: Manifest;
  try {
    manifest = manifestSchema.parse(JSON.parse(text));
  } catch (cause) {
    const reason =
      cause instanceof z.ZodError ? z.prettifyError(cause).replaceAll(/\s*\n\s*/g, " ") : "not valid JSON";
    throw damaged(
      "MANIFEST_INVALID",
      `${file} is not a manifest of schema version 1: ${reason}`,
      name,
      cause,
    );
  }
  if (!isAsWritten(manifest, text)) {
    throw damaged("MANIFEST_ALTERED", `${file} does not have the SHA-256 that it states`, name);
  }
  if (manifest.name !== name) {
    const problem = `expected the manifest of ${name} in ${file}, got that of ${manifest.name}`;
    throw damaged("MANIFEST_OF_OTHER_DATA_SET", problem, name);
  }
  if (manifest.digest !== overallDigest(manifest.files)) {
    throw damaged("MANIFEST_DIGEST", `the digest in ${file} is not that of the listed files`, name);
  }
  return manifest;
}

async function readSplit(folder: string, manifest: Manifest, split: "train" | "test"): Promise<ImageSet> {
  const { height, width, numClasses } = shapeOf(manifest);
  const bytes = manifest.counts[split] * height * width * 3;
  const pixels = await readPacked(folder, manifest, `${split}-images.bin`, bytes);
  return { pixels, labels: await readLabels(folder, manifest, split), height, width, numClasses };
}

async function readLabels(
  folder: string,
  manifest: Manifest,
  split: "train" | "test",
): Promise<Int32Array<ArrayBuffer>> {
  const count = manifest.counts[split];
  const { numClasses } = shapeOf(manifest);
  const bytes = await readPacked(
    folder,
    manifest,
    `${split}-labels.bin`,
    count * Int32Array.BYTES_PER_ELEMENT,
  );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const labels = Int32Array.from({ length: count }, (_, i) => view.getInt32(4 * i, true));
  const stray = labels.find((label) => label < 0 || label >= numClasses);
  if (stray !== undefined) {
    const file = path.join(folder, `${split}-labels.bin`);
    const problem = `expected labels 0 … ${numClasses - 1} in ${file}, got ${stray}`;
    throw damaged("LABEL_OUT_OF_RANGE", problem, manifest.name);
  }
  return labels;
}

async function readPacked(
  folder: string,
  manifest: Manifest,
  packedFile: PackedFile,
  expectedBytes: number,
): Promise<Uint8Array> {
  const file = path.join(folder, packedFile);
  const bytes = await readFile(file).catch((cause: Error) => {
    throw unreadable(file, manifest.name, cause);
  });
  if (bytes.byteLength !== expectedBytes) {
    const problem = `expected ${expectedBytes} bytes in ${file}, got ${bytes.byteLength}`;
    throw damaged("PACK_FILE_LENGTH", problem, manifest.name);
  }
  const { sha256 } = fingerprint(bytes);
  const expected = manifest.files[packedFile].sha256;
  if (sha256 !== expected) {
    const problem = `expected SHA-256 ${expected} of ${file}, got ${sha256}`;
    throw damaged("PACK_FILE_ALTERED", problem, manifest.name);
  }
  return bytes;
}

const unreadable = (file: string, name: string, cause: Error) =>
  damaged("PACK_FILE_UNREADABLE", `cannot read ${file}: ${cause.message}`, name, cause);

const damaged = (code: string, problem: string, name: string, cause?: unknown) =>
  new FailureError({ code, problem, fix: `pack it again with \`h2t data ${name}\`` }, { cause });
