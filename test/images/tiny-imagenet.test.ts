import test from "ava";
import sharp from "sharp";
import { readFolder } from "../../src/images/file-tree.ts";
import { readTinyImagenet } from "../../src/images/tiny-imagenet.ts";
import { temporaryFolder, writeFiles } from "../support/class-folders.ts";

/** A one-coloured JPEG: JPEG keeps such an image exactly. */
const plain = (grey: number) =>
  sharp(new Uint8Array(3072).fill(grey), { raw: { width: 32, height: 32, channels: 3 } })
    .jpeg({ quality: 100 })
    .toBuffer();

const annotations = [
  "v0.JPEG\tn3\t0\t0\t31\t31",
  "v1.JPEG\tn2\t0\t0\t31\t31",
  "v2.JPEG\tn1\t0\t0\t31\t31",
].join("\n");
const layout = async () => ({
  "tiny/train/n3/images/n3_0.JPEG": await plain(30),
  "tiny/train/n1/images/n1_0.JPEG": await plain(10),
  "tiny/train/n2/images/n2_0.JPEG": await plain(20),
  "tiny/train/n2/images/n2_1.JPEG": await plain(21),
  "tiny/val/images/v0.JPEG": await plain(130),
  "tiny/val/images/v1.JPEG": await plain(120),
  "tiny/val/images/v2.JPEG": await plain(110),
  "tiny/val/val_annotations.txt": annotations,
});

test("readTinyImagenet: keeps the first synset ids in sorted order; validation is the test split", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, await layout());
  const { classNames, train, test: tested } = await readTinyImagenet(await readFolder(folder), 2);
  t.deepEqual(classNames, ["n1", "n2"]);
  const firstBytes = (pixels: Uint8Array, count: number) =>
    Array.from({ length: count }, (_, i) => pixels[3072 * i]);
  t.deepEqual(train.labels, Int32Array.of(0, 1, 1));
  t.deepEqual(firstBytes(train.pixels, 3), [10, 20, 21]);
  t.deepEqual(tested.labels, Int32Array.of(1, 0));
  t.deepEqual(firstBytes(tested.pixels, 2), [120, 110]);
});

test("readTinyImagenet: another number of images in a kept class is refused, in a class that is left out not", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, await layout());
  const tree = await readFolder(folder);
  await t.throwsAsync(readTinyImagenet(tree, 2, { trainPerClass: 1, testPerClass: 1 }), {
    name: "FailureError",
    code: "IMAGES_PER_CLASS",
  });
  const { train } = await readTinyImagenet(tree, 1, { trainPerClass: 1, testPerClass: 1 });
  t.deepEqual(train.labels, Int32Array.of(0));
});

test("readTinyImagenet: too few synsets, missing annotations and missing images are refused", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, await layout());
  const tree = await readFolder(folder);
  await t.throwsAsync(readTinyImagenet(tree, 100), {
    name: "FailureError",
    message: /must hold train\/<synset>\/images\/\*\.JPEG of at least 100 synsets, got 3/,
  });
  const without = (name: string) => ({ ...tree, paths: tree.paths.filter((path) => !path.endsWith(name)) });
  await t.throwsAsync(readTinyImagenet(without("val_annotations.txt"), 2), {
    message: /must hold tiny\/val\/val_annotations\.txt, got no such file/,
  });
  await t.throwsAsync(readTinyImagenet(without("v1.JPEG"), 2), {
    message:
      /every image that tiny\/val\/val_annotations\.txt names must be there, got none at tiny\/val\/images\/v1\.JPEG/,
  });
});
