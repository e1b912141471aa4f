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
 * Loads a packed data set and verifies every byte of it against its manifest; glyphs that are absent are drawn first.
 *
 * @param name - such as `cifar10`.
 * @param dataDir - the folder that holds the packs.
 * @param waiting - for another process that draws them; its signal, by default that of the notebook's cell, ends the drawing, too.
 * @throws {UsageError} if no data set has that name.
 * @throws {FailureError} if it is absent, or a file is missing, short or altered.
 * @throws the signal's reason, when it was aborted.
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
        rule: `${name} must be packed in ${folder} before use`,
        got: "no manifest.json there",
        remedy: `run \`h2t data ${name}${recipe.kind === "tiny-imagenet" ? " --from PATH" : ""}\``,
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
 * Loads a data set of which only manifest and labels are there: enough where features of its images are stored.
 *
 * @param folder - holds `manifest.json`, `train-labels.bin` and `test-labels.bin` of the pack.
 * @returns the data set; whoever reads pixels of it gets an error.
 * @throws {FailureError} if a file is missing, short or altered.
 */
export async function loadLabels(name: string, folder: string): Promise<Dataset> {
  const manifest = await readManifest(folder, name);
  const labelled = async (split: "train" | "test"): Promise<ImageSet> => ({
    get pixels(): Uint8Array {
      throw new FailureError({
        rule: `this needs the images of ${name}`,
        got: "their labels alone, which ship with the kit",
        remedy: `run \`h2t data ${name}\``,
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
  ...{ height, width, numClasses: classNames.length },
});

async function readManifest(folder: string, name: string): Promise<Manifest> {
  const file = path.join(folder, "manifest.json");
  const text = await readFile(file, "utf8").catch((cause: Error) => {
    throw damaged(file, "be readable", cause.message, name, cause);
  });
  let manifest: Manifest;
  try {
    manifest = manifestSchema.parse(JSON.parse(text));
  } catch (cause) {
    const got =
      cause instanceof z.ZodError ? z.prettifyError(cause).replaceAll(/\s*\n\s*/g, " ") : "no valid JSON";
    throw damaged(file, "be a manifest of schema version 1", got, name, cause);
  }
  if (!isAsWritten(manifest, text)) {
    throw damaged(file, `have SHA-256 ${manifest.sha256}, as it says`, "another text", name);
  }
  if (manifest.name !== name) throw damaged(file, `describe ${name}`, manifest.name, name);
  if (manifest.digest !== overallDigest(manifest.files)) {
    throw damaged(file, "have the digest of its files", manifest.digest, name);
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
    throw damaged(
      path.join(folder, `${split}-labels.bin`),
      `hold labels 0 … ${numClasses - 1}`,
      `${stray}`,
      manifest.name,
    );
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
    throw damaged(file, "be readable", cause.message, manifest.name, cause);
  });
  if (bytes.byteLength !== expectedBytes) {
    throw damaged(file, `have ${expectedBytes} bytes`, `${bytes.byteLength} bytes`, manifest.name);
  }
  const { sha256 } = fingerprint(bytes);
  const expected = manifest.files[packedFile].sha256;
  if (sha256 !== expected) throw damaged(file, `have SHA-256 ${expected}`, sha256, manifest.name);
  return bytes;
}

function damaged(file: string, rule: string, got: string, name: string, cause?: unknown): FailureError {
  return new FailureError(
    { rule: `${file} must ${rule}`, got, remedy: `pack it again with \`h2t data ${name}\`` },
    { cause },
  );
}
