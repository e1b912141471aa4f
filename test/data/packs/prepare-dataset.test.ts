import { execFileSync } from "node:child_process";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import test, { type ExecutionContext } from "ava";
import sharp from "sharp";
import { create } from "tar";
import { loadDataset } from "../../../src/data/packs/load-dataset.ts";
import { ensurePacked, prepareDataset } from "../../../src/data/packs/prepare-dataset.ts";
import { readCifar } from "../../../src/data/sources/cifar/read-cifar.ts";
import { openTree } from "../../../src/data/sources/open-tree.ts";
import { lock } from "../../../src/storage/lock.ts";
import { patternPixels, patternPng, temporaryFolder, writeFiles } from "../../support/class-folders.ts";
import {
  binaryBatch,
  type MiniImage,
  miniBatches,
  miniClasses,
  miniFiles,
  miniImages,
  planes,
  publishedMini,
} from "../../support/mini-cifar.ts";
import { python2Batch, python2Meta, python3Batch, python3Meta } from "../../support/pickle.ts";

test("prepareDataset: downloads, reads planes as RGB pixels in file order, and recognises official images", async (t) => {
  const { dataDir, recipe } = await publishedMini(t);
  const { digest } = await prepareDataset(recipe, { dataDir });
  const loaded = await loadDataset("mini", dataDir);
  t.deepEqual([loaded.origin, loaded.officialImages, loaded.digest], ["official", 9, digest]);
  t.is(digest, recipe.official.digest);
  t.deepEqual(loaded.classNames, miniClasses);
  t.deepEqual(loaded.train.labels, Int32Array.of(2, 0, 1, 1, 0, 2));
  t.deepEqual(
    Uint8Array.from(loaded.train.pixels),
    Uint8Array.from([1, 2, 3, 4, 5, 1].flatMap((blue) => [...patternPixels(blue)])),
  );
  t.deepEqual(loaded.test.labels, Int32Array.of(1, 0, 2));
  t.deepEqual(await readdir(path.join(dataDir, "downloads")), ["mini.tar.gz"]);
});

const png = (blue: number) => patternPng(blue);
const jpeg = (blue: number) =>
  sharp(patternPixels(blue), { raw: { width: 32, height: 32, channels: 3 } })
    .jpeg()
    .toBuffer();

/** Class folders with the given names, and file names in the reverse of the published order. */
async function classFolders(
  names: readonly string[],
  encode: (blue: number) => Promise<Buffer>,
  extension: string,
): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  const splits = { train: [...miniBatches.one, ...miniBatches.two], test: miniBatches.test };
  for (const [split, images] of Object.entries(splits)) {
    for (const [i, [label, blue]] of images.entries())
      files[`${split}/${names[label]}/${9 - i}.${extension}`] = await encode(blue);
  }
  return files;
}

/** Writes files to a new folder. */
async function folderOf(t: ExecutionContext, files: Record<string, Uint8Array | string>): Promise<string> {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, files);
  return folder;
}

/** The Python version's files below `mini-py/`. */
const pythonFiles = (batch: typeof python2Batch, meta: typeof python2Meta): Record<string, Uint8Array> => ({
  "mini-py/meta": meta({ key: "fine_label_names", names: miniClasses }),
  ...Object.fromEntries(
    Object.entries(miniBatches).map(([name, images]) => [
      `mini-py/${name}`,
      batch({
        data: Buffer.concat(images.map(([, blue]) => planes(blue))),
        labels: images.map(([label]) => label),
        filenames: images.map((_, i) => `${i}.png`),
        labelKey: "fine_labels",
      }),
    ]),
  ),
});

const { "mini/names.txt": _, ...namelessFiles } = miniFiles;
const reversed = (images: readonly MiniImage[]) => binaryBatch([...images].reverse());
const containers: Record<string, (t: ExecutionContext) => Promise<string>> = {
  "the published archive": async (t) => (await publishedMini(t)).file,
  "its folder": (t) => folderOf(t, miniFiles),
  "its folder without class names": (t) => folderOf(t, namelessFiles),
  "binary files in another order": (t) =>
    folderOf(t, {
      "one.bin": reversed(miniBatches.two),
      "two.bin": reversed(miniBatches.one),
      "test.bin": reversed(miniBatches.test),
    }),
  "a tar": async (t) => {
    const file = path.join(await temporaryFolder(t), "any-name");
    await create({ cwd: await folderOf(t, miniFiles), file }, ["mini"]);
    return file;
  },
  "a custom tar.gz": async (t) => {
    const file = path.join(await temporaryFolder(t), "copy.tgz");
    await create({ cwd: await folderOf(t, miniFiles), file, gzip: { level: 1 } }, ["mini"]);
    return file;
  },
  "a tar.xz": async (t) => {
    const file = path.join(await temporaryFolder(t), "copy.tar.xz");
    execFileSync("tar", ["-C", await folderOf(t, miniFiles), "-cJf", file, "./mini"]);
    return file;
  },
  "the Python version, as Python 2 wrote it": async (t) => {
    const file = path.join(await temporaryFolder(t), "mini-python.tar.gz");
    await create({ cwd: await folderOf(t, pythonFiles(python2Batch, python2Meta)), file, gzip: true }, [
      "mini-py",
    ]);
    return file;
  },
  "the Python version's folder, saved by Python 3": (t) =>
    folderOf(t, pythonFiles(python3Batch, python3Meta)),
  "the Python version without class names": (t) => {
    const { "mini-py/meta": _, ...nameless } = pythonFiles(python2Batch, python2Meta);
    return folderOf(t, nameless);
  },
  "PNG in class folders": async (t) => folderOf(t, await classFolders(miniClasses, png, "png")),
  "PNG in folders named by synonyms and in capitals": async (t) =>
    folderOf(t, await classFolders(["Ant", "BEE", "bull"], png, "PNG")),
  "PNG in numbered folders": async (t) => folderOf(t, await classFolders(["0", "1", "2"], png, "png")),
  "PNG in folders numbered from 1, with a stray batch file": async (t) =>
    folderOf(t, { "one.bin": "stray", ...(await classFolders(["01", "02", "03"], png, "png")) }),
};

for (const [container, source] of Object.entries(containers)) {
  test(`prepareDataset: official images from ${container} get the official digest`, async (t) => {
    const { dataDir, recipe } = await publishedMini(t);
    const packed = await prepareDataset(recipe, { dataDir, from: await source(t) });
    t.is(packed.origin, "official");
    t.is(packed.officialImages, 9);
    t.is(packed.digest, recipe.official.digest);
    t.deepEqual(packed.classNames, miniClasses);
    t.deepEqual((await loadDataset("mini", dataDir)).train.labels, miniImages.train.labels);
  });
}

test("prepareDataset: JPEG images are re-encoded, and the official ones among others are counted", async (t) => {
  const { dataDir, recipe } = await publishedMini(t);
  const files = await classFolders(miniClasses, jpeg, "jpg");
  const from = await folderOf(t, files);
  const reencoded = await prepareDataset(recipe, { dataDir, from });
  t.deepEqual([reencoded.origin, reencoded.officialImages], ["re-encoded", 0]);
  t.not(reencoded.digest, recipe.official.digest);

  // Of the image that occurs twice in the list, one copy is here, in a file named as a JPEG.
  await writeFiles(from, { "train/cow/9.jpg": await patternPng(1), "test/ant/8.jpg": await patternPng(7) });
  const mixed = await prepareDataset(recipe, { dataDir, from });
  t.deepEqual([mixed.origin, mixed.officialImages], ["re-encoded", 2]);
  t.is((await loadDataset("mini", dataDir)).officialImages, 2);
});

test("prepareDataset: the published archive's order overrides the list, with a note", async (t) => {
  const changed = { "mini/one.bin": binaryBatch([...miniBatches.one].reverse()) };
  const { dataDir, file, recipe } = await publishedMini(t, changed);
  const notes: string[] = [];
  const onNote = (note: string) => notes.push(note);
  const packed = await prepareDataset(recipe, { dataDir, from: file, onNote });
  t.deepEqual([packed.origin, packed.officialImages, notes.length], ["official", 9, 1]);
  t.deepEqual(packed.train.labels, Int32Array.of(1, 0, 2, 1, 0, 2));
  t.not(packed.digest, recipe.official.digest);
  const other = { ...recipe, archive: { ...recipe.archive, sha256: "0".repeat(64) } };
  t.is((await prepareDataset(other, { dataDir, from: file, onNote })).digest, recipe.official.digest);
  t.is(notes.length, 1);
});

for (const [change, changed, code] of [
  ["a short file", { "mini/two.bin": new Uint8Array(9221) }, "BATCH_LENGTH"],
  [
    "a label out of range",
    { "mini/test.bin": binaryBatch([...miniBatches.test.slice(1), [3, 6]]) },
    "LABEL_OUT_OF_RANGE",
  ],
  ["a missing class name", { "mini/names.txt": "ant\nbee\n" }, "CLASS_UNKNOWN"],
  ["another class name", { "mini/names.txt": "ant\ncow\nbee\n" }, "CLASS_UNKNOWN"],
  ["a missing file", { "mini/two.bin": undefined }, "BATCH_MISSING"],
  ["files in two folders", { "mini/two.bin": undefined, "more/two.bin": "elsewhere" }, "BATCH_MISSING"],
  ["one file twice", { "mini/two.bin": miniFiles["mini/one.bin"] }, "BATCH_TWICE"],
  [
    "another number of images per class",
    { "mini/two.bin": binaryBatch([...miniBatches.two.slice(1), [0, 9]]) },
    "IMAGES_PER_CLASS",
  ],
  [
    "two labels exchanged",
    {
      "mini/one.bin": binaryBatch([
        [2, 1],
        [1, 2],
        [0, 3],
      ]),
    },
    "CLASSES_MISNUMBERED",
  ],
] as const) {
  test(`prepareDataset: CIFAR binaries with ${change} are rejected, and no pack is left`, async (t) => {
    const { dataDir, source, recipe } = await publishedMini(t, changed);
    await t.throwsAsync(prepareDataset(recipe, { dataDir, from: source }), { name: "FailureError", code });
    t.deepEqual(await readdir(dataDir), []);
  });
}

const mini = {
  data: Buffer.concat([1, 2, 3].map(planes)),
  labels: [2, 0, 1],
  filenames: [],
  labelKey: "fine_labels",
} as const;
for (const [change, changed, code] of [
  ["a forbidden call", Buffer.from("cos\nsystem\n(S'true'\ntR."), "PICKLE_FORBIDDEN"],
  ["a truncated pickle", python2Batch(mini).subarray(0, 5000), "PICKLE_DAMAGED"],
  ["fewer images", python2Batch({ ...mini, data: mini.data.subarray(3072) }), "BATCH_LENGTH"],
  ["CIFAR-10's labels", python2Batch({ ...mini, labelKey: "labels" }), "NOT_A_CIFAR_BATCH"],
  ["a label out of range", python2Batch({ ...mini, labels: [2, 0, 3] }), "LABEL_OUT_OF_RANGE"],
  ["a negative label", python2Batch({ ...mini, labels: [2, 0, -1] }), "LABEL_OUT_OF_RANGE"],
  ["no dictionary", Buffer.from("80025d2e", "hex"), "NOT_A_CIFAR_BATCH"],
] as const) {
  test(`prepareDataset: a Python batch with ${change} is rejected, and no pack is left`, async (t) => {
    const { dataDir, recipe } = await publishedMini(t);
    const from = await folderOf(t, { ...pythonFiles(python2Batch, python2Meta), "mini-py/one": changed });
    await t.throwsAsync(prepareDataset(recipe, { dataDir, from }), { name: "FailureError", code });
    t.deepEqual(await readdir(dataDir), []);
  });
}

test("prepareDataset: a truncated archive is rejected", async (t) => {
  const { dataDir, file, recipe } = await publishedMini(t);
  const whole = await readFile(file);
  await writeFile(file, whole.subarray(0, whole.length - 200));
  const error = await t.throwsAsync(prepareDataset(recipe, { dataDir, from: file }), {
    code: "ARCHIVE_DAMAGED",
  });
  t.true(error?.message.includes("unexpected end of file"));
});

test("prepareDataset: a folder with two copies of the batch files is rejected", async (t) => {
  const { dataDir, source, recipe } = await publishedMini(t);
  await writeFiles(
    source,
    Object.fromEntries(Object.entries(namelessFiles).map(([name, file]) => [`copy/${name}`, file])),
  );
  await t.throwsAsync(prepareDataset(recipe, { dataDir, from: source }), { code: "DATA_SET_TWICE" });
});

test("prepareDataset: CIFAR-100 given as CIFAR-10 is recognised before any file is read", async (t) => {
  const dataDir = await temporaryFolder(t);
  const hundred = await folderOf(t, { "cifar-100-binary/train.bin": "x", "cifar-100-binary/test.bin": "x" });
  await t.throwsAsync(prepareDataset("cifar10", { dataDir, from: hundred }), { code: "OTHER_DATA_SET" });
  const ten = Object.fromEntries(
    ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"].map(
      (name) => [`cifar-10-batches-py/${name}`, "x"],
    ),
  );
  await t.throwsAsync(prepareDataset("cifar100", { dataDir, from: await folderOf(t, ten) }), {
    code: "OTHER_DATA_SET",
  });
});

test("prepareDataset: an unknown format is rejected", async (t) => {
  const { dataDir, recipe } = await publishedMini(t);
  const from = await folderOf(t, { "images.h5": "x" });
  await t.throwsAsync(prepareDataset(recipe, { dataDir, from }), { code: "FORMAT_UNKNOWN" });
});

for (const [names, code] of [
  [["ant", "bee", "dog"], "CLASS_UNKNOWN"],
  [["0", "1", "3"], "CLASS_UNKNOWN"],
  [["2", "3", "4"], "CLASS_UNKNOWN"],
  [["0", "1", "cow"], "CLASS_UNKNOWN"],
  [["cow", "bee", "bull"], "CLASS_TWICE"],
  [["0", "2", "1"], "CLASSES_MISNUMBERED"],
] as const) {
  test(`prepareDataset: class folders ${names.join(", ")} are rejected with ${code}`, async (t) => {
    const { dataDir, recipe } = await publishedMini(t);
    const from = await folderOf(t, await classFolders(names, png, "png"));
    await t.throwsAsync(prepareDataset(recipe, { dataDir, from }), { name: "FailureError", code });
    t.deepEqual(await readdir(dataDir), []);
  });
}

test("prepareDataset: class folders that lack a class or images are rejected, and no pack is left", async (t) => {
  const { dataDir, recipe } = await publishedMini(t);
  const from = await folderOf(t, await classFolders(miniClasses, png, "png"));
  await rm(path.join(from, "train/bee/6.png"));
  await t.throwsAsync(prepareDataset(recipe, { dataDir, from }), { code: "IMAGES_PER_CLASS" });
  await rm(path.join(from, "train/bee/7.png"));
  await t.throwsAsync(prepareDataset(recipe, { dataDir, from }), { code: "CLASS_COUNT" });
  await rm(path.join(from, "test/bee"), { recursive: true });
  await writeFiles(from, { "train/bee/6.png": await patternPng(4) });
  await t.throwsAsync(prepareDataset(recipe, { dataDir, from }), { code: "CLASS_IN_ONE_SPLIT" });
  t.deepEqual(await readdir(dataDir), []);
});

test("prepareDataset: a missing path, an unknown name and a wrong --from are rejected", async (t) => {
  const dataDir = await temporaryFolder(t);
  const missing = await t.throwsAsync(prepareDataset("cifar10", { dataDir, from: "no/such" }), {
    name: "FailureError",
    code: "SOURCE_NOT_FOUND",
  });
  t.true(missing?.message.includes("no/such"));
  await t.throwsAsync(prepareDataset("cifar", { dataDir }), {
    name: "UsageError",
    code: "DATA_SET_UNKNOWN",
  });
  await t.throwsAsync(prepareDataset("glyphs-10", { dataDir, from: "x" }), {
    name: "UsageError",
    code: "SOURCE_NOT_ACCEPTED",
  });
  await t.throwsAsync(prepareDataset("tiny-imagenet-32", { dataDir }), {
    name: "UsageError",
    code: "SOURCE_MISSING",
  });
});

test("ensurePacked: an abort stops decoding and reading, and nothing is packed", async (t) => {
  const { dataDir, recipe, file, source } = await publishedMini(t);
  const reason = new Error("planted");
  const images = await temporaryFolder(t);
  const image = await patternPng(1);
  for (const name of miniClasses)
    await writeFiles(images, {
      [`train/${name}/0.png`]: image,
      [`train/${name}/1.png`]: image,
      [`test/${name}/0.png`]: image,
    });
  const controller = new AbortController();
  const stages: (string | number)[] = [];
  const stopped = ensurePacked(recipe, {
    dataDir,
    from: images,
    signal: controller.signal,
    onProgress({ step, done, total }) {
      stages.push(step, done, total);
      controller.abort(reason);
    },
  });
  t.is(await t.throwsAsync(stopped), reason);
  t.deepEqual(stages, ["decode", 6, 9]);
  const signal = AbortSignal.abort(reason);
  t.is(await t.throwsAsync(openTree(file, signal)), reason);
  t.is(await t.throwsAsync(readCifar(recipe, await openTree(source), [], { signal })), reason);
  t.deepEqual(await readdir(dataDir), []);
});

test("loadDataset: reports another process that generates the glyphs, and an abort stops the waiting", async (t) => {
  const dataDir = await temporaryFolder(t);
  const release = await lock(path.join(dataDir, "glyphs-100"));
  const controller = new AbortController();
  const reason = new Error("planted");
  const owners: string[] = [];
  const onWait = (owner: string) => {
    owners.push(owner);
    controller.abort(reason);
  };
  const waiting = loadDataset("glyphs-100", dataDir, { onWait, signal: controller.signal });
  t.is(await t.throwsAsync(waiting), reason);
  t.deepEqual(owners, [`process ${process.pid}`]);
  release();
});
