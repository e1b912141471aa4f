import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ExecutionContext } from "ava";
import { create } from "tar";
import type { ImageSet } from "../../src/data/image-set.ts";
import { packDigest } from "../../src/data/packs/manifest.ts";
import type { CifarRecipe } from "../../src/data/packs/recipes.ts";
import type { CifarFormat } from "../../src/data/sources/cifar/format.ts";
import { listImages } from "../../src/data/sources/cifar/official-images.ts";
import { patternPixels, temporaryFolder, writeFiles } from "./class-folders.ts";
import { fileListener, serve } from "./file-server.ts";

/** One image of the fixture: its class, and the blue of its pattern. */
export type MiniImage = readonly [label: number, blue: number];

/** The published images in the published order; the first and the sixth are equal, as some of CIFAR-100's are. */
export const miniBatches: Record<"one" | "two" | "test", readonly MiniImage[]> = {
  one: [
    [2, 1],
    [0, 2],
    [1, 3],
  ],
  two: [
    [1, 4],
    [0, 5],
    [2, 1],
  ],
  test: [
    [1, 6],
    [0, 7],
    [2, 8],
  ],
};
export const miniClasses = ["ant", "bee", "cow"];

export const miniFormat: CifarFormat = {
  labelBytes: 2,
  labelsKey: "fine_labels",
  classNamesKey: "fine_label_names",
  imagesPerFile: { train: 3, test: 3 },
  binary: { classNames: "names.txt", train: ["one.bin", "two.bin"], test: ["test.bin"] },
  python: { classNames: "meta", train: ["one", "two"], test: ["test"] },
};

/** An image's pixels as CIFAR stores them: the red, the green and the blue plane. */
export function planes(blue: number): Uint8Array {
  const pixels = patternPixels(blue);
  return Uint8Array.from({ length: 3072 }, (_, i) => pixels[3 * (i % 1024) + Math.floor(i / 1024)] as number);
}

/** A binary batch file, with a coarse class of 9 before each class. */
export const binaryBatch = (images: readonly MiniImage[]): Uint8Array =>
  Buffer.concat(images.map(([label, blue]) => Buffer.concat([Uint8Array.of(9, label), planes(blue)])));

/** The binary version's files below `mini/`. */
export const miniFiles: Record<string, Uint8Array | string> = {
  "mini/names.txt": "ant\nbee\ncow\n\n",
  "mini/one.bin": binaryBatch(miniBatches.one),
  "mini/two.bin": binaryBatch(miniBatches.two),
  "mini/test.bin": binaryBatch(miniBatches.test),
};

const imageSet = (images: readonly MiniImage[]): ImageSet => ({
  labels: Int32Array.from(images, ([label]) => label),
  pixels: Buffer.concat(images.map(([, blue]) => patternPixels(blue))),
  height: 32,
  width: 32,
  numClasses: 3,
});
export const miniImages = {
  train: imageSet([...miniBatches.one, ...miniBatches.two]),
  test: imageSet(miniBatches.test),
};

/** The recipe of the fixture, whose published archive has the given bytes. */
export function miniRecipe(bytes: Uint8Array, baseUrl = "http://127.0.0.1:9/"): CifarRecipe {
  return {
    kind: "cifar",
    name: "mini",
    baseUrl,
    archive: {
      file: "mini.tar.gz",
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    },
    pythonArchive: { file: "mini-python.tar.gz", sha256: "0".repeat(64) },
    format: miniFormat,
    classNames: miniClasses,
    synonyms: { bull: "cow" },
    official: { digest: packDigest(miniImages), list: async () => listImages(miniImages) },
    trainPerClass: 2,
    testPerClass: 1,
  };
}

/** The fixture's archive, served as published; with some files changed, or removed where undefined. */
export async function publishedMini(
  t: ExecutionContext,
  changed: Record<string, Uint8Array | string | undefined> = {},
) {
  const source = await temporaryFolder(t);
  const files = Object.entries({ ...miniFiles, ...changed }).filter(([, content]) => content !== undefined);
  await writeFiles(source, Object.fromEntries(files) as Record<string, Uint8Array | string>);
  const file = path.join(await temporaryFolder(t), "mini.tar.gz");
  await create({ cwd: source, file, gzip: true }, ["mini"]);
  const bytes = await readFile(file);
  const recipe = miniRecipe(bytes, await serve(t, fileListener(bytes, [])));
  return { dataDir: await temporaryFolder(t), source, file, recipe };
}
