import test from "ava";
import sharp from "sharp";
import { readClassFolders } from "../../../src/data/sources/class-folders.ts";
import { readFolder } from "../../../src/data/sources/file-tree.ts";
import { patternPixels, patternPng, temporaryFolder, writeFiles } from "../../support/class-folders.ts";

/** Two classes, three training images and two test images, each with another blue. */
const smallSet = async () => ({
  "set/train/bird/2.png": await patternPng(2),
  "set/train/bird/10.PNG": await patternPng(1),
  "set/train/Ant/0.png": await patternPng(3),
  "set/test/bird/0.png": await patternPng(4),
  "set/test/Ant/0.png": await patternPng(5),
});

test("readClassFolders: classes by sorted folder name, images by sorted file name, bytes as in the files", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, await smallSet());
  const { classNames, train, test: tested } = await readClassFolders(await readFolder(folder));
  t.deepEqual(classNames, ["Ant", "bird"]);
  t.deepEqual(train.labels, Int32Array.of(0, 1, 1));
  t.deepEqual(train.pixels, Uint8Array.from([3, 1, 2].flatMap((blue) => [...patternPixels(blue)])));
  t.deepEqual(tested.labels, Int32Array.of(0, 1));
  t.deepEqual([train.height, train.width, train.numClasses], [32, 32, 2]);
});

test("readClassFolders: grey becomes three equal channels, alpha and 16 bits are dropped, hidden files ignored", async (t) => {
  const folder = await temporaryFolder(t);
  const plain = (channels: 1 | 4, value: number) =>
    sharp(new Uint8Array(1024 * channels).fill(value), { raw: { width: 32, height: 32, channels } });
  await writeFiles(folder, {
    "train/a/0.png": await plain(1, 77).toColourspace("b-w").png().toBuffer(),
    "train/a/._0.png": "left by a copy",
    "train/a/1.png": await plain(4, 255).png().toBuffer(),
    "test/a/0.png": await sharp(patternPixels(9), { raw: { width: 32, height: 32, channels: 3 } })
      .toColourspace("rgb16")
      .png()
      .toBuffer(),
  });
  const { train, test: tested } = await readClassFolders(await readFolder(folder));
  t.is(train.labels.length, 2);
  t.true(train.pixels.subarray(0, 3072).every((value) => value === 77));
  t.true(train.pixels.subarray(3072).every((value) => value === 255));
  t.deepEqual(tested.pixels, patternPixels(9));
});

test("readClassFolders: a folder without images is rejected", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, { "notes.txt": "nothing here" });
  await t.throwsAsync(async () => readClassFolders(await readFolder(folder)), {
    name: "FailureError",
    code: "IMAGES_NOT_FOUND",
  });
});

test("readClassFolders: a wrong number of classes is rejected before decoding", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, { "train/a/0.jpg": "no picture", "test/a/0.jpg": "no picture" });
  await t.throwsAsync(async () => readClassFolders(await readFolder(folder), { numClasses: 10 }), {
    code: "CLASS_COUNT",
  });
});

test("readClassFolders: a class in only one split is rejected", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, { ...(await smallSet()), "set/test/cat/0.png": await patternPng(6) });
  await t.throwsAsync(async () => readClassFolders(await readFolder(folder)), {
    code: "CLASS_IN_ONE_SPLIT",
  });
});

test("readClassFolders: two data sets in one folder are rejected", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, { ...(await smallSet()), "other/train/bird/0.png": await patternPng(6) });
  await t.throwsAsync(async () => readClassFolders(await readFolder(folder)), {
    code: "DATA_SET_TWICE",
  });
});

test("readClassFolders: the error names a truncated JPEG", async (t) => {
  const folder = await temporaryFolder(t);
  const jpeg = await sharp(patternPixels(1), { raw: { width: 32, height: 32, channels: 3 } })
    .jpeg()
    .toBuffer();
  await writeFiles(folder, {
    ...(await smallSet()),
    "set/train/bird/3.jpg": jpeg.subarray(0, jpeg.length - 40),
  });
  const error = await t.throwsAsync(async () => readClassFolders(await readFolder(folder)), {
    name: "FailureError",
    code: "IMAGE_DAMAGED",
  });
  t.true(error?.message.includes("set/train/bird/3.jpg"));
});

test("readClassFolders: the error names an image of the wrong size", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, { ...(await smallSet()), "set/test/bird/9.png": await patternPng(1, 31) });
  const error = await t.throwsAsync(async () => readClassFolders(await readFolder(folder)), {
    code: "IMAGE_SIZE",
  });
  for (const detail of ["set/test/bird/9.png", "31 × 31"]) t.true(error?.message.includes(detail));
});
