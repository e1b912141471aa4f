import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import test, { type ExecutionContext } from "ava";
import { create } from "tar";
import { readCifarBinaries } from "../../src/images/cifar-binary.ts";
import { loadDataset } from "../../src/images/load-dataset.ts";
import { openTree } from "../../src/images/open-tree.ts";
import { ensurePacked, prepareDataset } from "../../src/images/prepare-dataset.ts";
import type { CifarRecipe } from "../../src/images/recipes.ts";
import { lock } from "../../src/lock.ts";
import { patternPixels, patternPng, temporaryFolder, writeFiles } from "../support/class-folders.ts";
import { fileListener, serve } from "../support/file-server.ts";

/** A record as CIFAR stores it: label bytes, then the red, the green and the blue plane. */
function record(labels: number[], blue: number): number[] {
  const pixels = patternPixels(blue);
  const plane = (c: number) => Array.from({ length: 1024 }, (_, i) => pixels[3 * i + c] as number);
  return [...labels, ...plane(0), ...plane(1), ...plane(2)];
}

const files = {
  "mini/names.txt": "ant\nbee\ncow\n\n",
  "mini/one.bin": Uint8Array.from([...record([9, 2], 1), ...record([9, 0], 2)]),
  "mini/two.bin": Uint8Array.from([...record([9, 1], 3), ...record([9, 2], 4)]),
  "mini/test.bin": Uint8Array.from(record([9, 1], 5)),
};
const format: CifarRecipe["format"] = {
  numClasses: 3,
  labelBytes: 2,
  classNamesFile: "names.txt",
  trainFiles: ["one.bin", "two.bin"],
  testFiles: ["test.bin"],
  recordsPerFile: { train: 2, test: 1 },
};

/** The files as an archive, the recipe that knows its checksum, and a folder for packs. */
async function published(t: ExecutionContext, changed: Record<string, Uint8Array | string> = {}) {
  const dataDir = await temporaryFolder(t);
  const source = await temporaryFolder(t);
  await writeFiles(source, { ...files, ...changed });
  const file = path.join(await temporaryFolder(t), "mini.tar.gz");
  await create({ cwd: source, file, gzip: true }, ["mini"]);
  const bytes = await readFile(file);
  const archive = {
    file: "mini.tar.gz",
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
  const baseUrl = await serve(t, fileListener(bytes, []));
  const recipe: CifarRecipe = {
    kind: "cifar",
    name: "mini",
    baseUrl,
    archive,
    format,
    trainPerClass: 1,
    testPerClass: 1,
  };
  return { dataDir, source, file, recipe };
}

test("prepareDataset: downloads, reads planes as RGB pixels in file order, and calls the bytes official", async (t) => {
  const { dataDir, recipe } = await published(t);
  const { digest } = await prepareDataset(recipe, { dataDir });
  const { origin, classNames, train, test: tested, ...rest } = await loadDataset("mini", dataDir);
  t.deepEqual([origin, classNames, rest.digest], ["official", ["ant", "bee", "cow"], digest]);
  t.deepEqual(train.labels, Int32Array.of(2, 0, 1, 2));
  t.deepEqual(
    Uint8Array.from(train.pixels),
    Uint8Array.from([1, 2, 3, 4].flatMap((blue) => [...patternPixels(blue)])),
  );
  t.deepEqual(tested.labels, Int32Array.of(1));
  t.deepEqual(await readdir(path.join(dataDir, "downloads")), ["mini.tar.gz"]);
});

test("prepareDataset: the published archive from disk is official, its unpacked folder is not", async (t) => {
  const { dataDir, file, source, recipe } = await published(t);
  const fromArchive = await prepareDataset(recipe, { dataDir, from: file });
  const fromFolder = await prepareDataset(recipe, { dataDir, from: source });
  t.is(fromArchive.origin, "official");
  t.is(fromFolder.origin, "re-encoded");
  t.is(fromArchive.digest, fromFolder.digest);
});

test("prepareDataset: binaries in an archive of another checksum are refused, and no pack is left", async (t) => {
  const { dataDir, file, recipe } = await published(t);
  const expected = { ...recipe, archive: { ...recipe.archive, sha256: "0".repeat(64) } };
  await t.throwsAsync(prepareDataset(expected, { dataDir, from: file }), {
    name: "FailureError",
    message: `${file} must be the published mini.tar.gz, SHA-256 ${"0".repeat(64)}, got ${recipe.archive.sha256}; download it again with \`h2t data mini\``,
  });
  t.deepEqual(await readdir(dataDir), []);
});

for (const [change, changed, message] of [
  [
    "a short file",
    { "mini/two.bin": new Uint8Array(6147) },
    /two\.bin of .* must have 6148 bytes, got 6147; use the published/,
  ],
  [
    "a stray label",
    { "mini/test.bin": Uint8Array.from(record([0, 3], 1)) },
    /test\.bin of .* must hold labels 0 … 2, got 3/,
  ],
  ["a missing class name", { "mini/names.txt": "ant\nbee\n" }, /names\.txt of .* must name 3 classes, got 2/],
] as const) {
  test(`prepareDataset: CIFAR binaries with ${change} are refused`, async (t) => {
    const { dataDir, source, recipe } = await published(t, changed);
    await t.throwsAsync(prepareDataset(recipe, { dataDir, from: source }), { name: "FailureError", message });
  });
}

test("prepareDataset: a truncated archive is refused", async (t) => {
  const { dataDir, file, recipe } = await published(t);
  const whole = await readFile(file);
  await writeFile(file, whole.subarray(0, whole.length - 200));
  await t.throwsAsync(prepareDataset(recipe, { dataDir, from: file }), {
    message: /must be a whole .*unexpected end of file/,
  });
});

test("prepareDataset: class folders are re-encoded images and need the right number of classes", async (t) => {
  const { dataDir, recipe } = await published(t);
  const source = await temporaryFolder(t);
  for (const name of ["a", "b"]) {
    await writeFiles(source, {
      [`train/${name}/0.png`]: await patternPng(1),
      [`test/${name}/0.png`]: await patternPng(2),
    });
  }
  await t.throwsAsync(prepareDataset(recipe, { dataDir, from: source }), {
    message: /must hold 3 class folders, got 2: a, b;/,
  });
  await writeFiles(source, { "train/c/0.png": await patternPng(1), "test/c/0.png": await patternPng(2) });
  const archive = path.join(await temporaryFolder(t), "images.tar");
  await create({ cwd: source, file: archive }, ["train", "test"]);
  const fromFolder = await prepareDataset(recipe, { dataDir, from: source });
  const fromArchive = await prepareDataset(recipe, { dataDir, from: archive });
  t.deepEqual([fromFolder.origin, fromFolder.classNames], ["re-encoded", ["a", "b", "c"]]);
  t.is(fromArchive.digest, fromFolder.digest);
});

test("prepareDataset: class folders of incomplete classes are refused, and no pack is left", async (t) => {
  const { dataDir, recipe } = await published(t);
  const source = await temporaryFolder(t);
  for (const name of ["a", "b", "c"]) {
    await writeFiles(source, {
      [`train/${name}/0.png`]: await patternPng(1),
      [`train/${name}/1.png`]: await patternPng(2),
      [`test/${name}/0.png`]: await patternPng(3),
    });
  }
  const larger = { ...recipe, trainPerClass: 2 };
  await rm(path.join(source, "train/b/1.png"));
  await t.throwsAsync(prepareDataset(larger, { dataDir, from: source }), {
    name: "FailureError",
    message: `class b of ${source} must have 2 training images, got 1; point --from at all images of the data set, each once`,
  });
  await writeFiles(source, { "train/b/1.png": await patternPng(2) });
  await t.throwsAsync(prepareDataset({ ...larger, testPerClass: 2 }, { dataDir, from: source }), {
    message: `class a of ${source} must have 2 test images, got 1, and another number in 2 more; point --from at all images of the data set, each once`,
  });
  t.deepEqual(await readdir(dataDir), []);
  t.is((await prepareDataset(larger, { dataDir, from: source })).train.labels.length, 6);
});

test("prepareDataset: CIFAR's Python version is called by its name, and the binary one asked for", async (t) => {
  const { dataDir, recipe } = await published(t);
  const source = await temporaryFolder(t);
  await writeFiles(source, { "mini-py/one": "pickled", "mini-py/two": "pickled", "mini-py/test": "pickled" });
  const archive = path.join(await temporaryFolder(t), "mini-python.tar.gz");
  await create({ cwd: source, file: archive, gzip: true }, ["mini-py"]);
  await t.throwsAsync(prepareDataset(recipe, { dataDir, from: archive }), {
    name: "FailureError",
    message: `${archive} must be the binary version, mini.tar.gz, or class folders, got the Python version, with mini-py/one; pass mini.tar.gz to --from, or download it with \`h2t data mini\``,
  });
  const folder = await temporaryFolder(t);
  await writeFiles(folder, { "cifar-10-batches-py/data_batch_1": "pickled" });
  await t.throwsAsync(prepareDataset("cifar10", { dataDir, from: folder }), {
    message:
      /must be the binary version, cifar-10-binary\.tar\.gz, .* with cifar-10-batches-py\/data_batch_1; /,
  });
});

test("prepareDataset: a path that is not there, an unknown name and a misplaced --from are refused", async (t) => {
  const dataDir = await temporaryFolder(t);
  await t.throwsAsync(prepareDataset("cifar10", { dataDir, from: "no/such" }), {
    name: "FailureError",
    message:
      "--from must name a folder, or a .tar, .tar.gz or .tar.xz, got no/such, which does not exist; check the path",
  });
  await t.throwsAsync(prepareDataset("cifar", { dataDir }), {
    name: "UsageError",
    message: /got cifar; choose one/,
  });
  await t.throwsAsync(prepareDataset("glyphs-10", { dataDir, from: "x" }), {
    name: "UsageError",
    message: "glyphs-10 is drawn by the kit and takes no --from, got x; run `h2t data glyphs-10`",
  });
  await t.throwsAsync(prepareDataset("tiny-imagenet-32", { dataDir }), {
    name: "UsageError",
    message: /needs --from/,
  });
});

test("ensurePacked: a stop ends it while it decodes, and while it reads an archive or binaries; nothing is packed", async (t) => {
  const { dataDir, recipe, file, source } = await published(t);
  const reason = new Error("planted");
  const images = await temporaryFolder(t);
  const image = await patternPng(1);
  for (const name of ["ant", "bee", "cow"])
    await writeFiles(images, { [`train/${name}/0.png`]: image, [`test/${name}/0.png`]: image });
  const controller = new AbortController();
  const stages: (string | number)[] = [];
  const stopped = ensurePacked(recipe, {
    ...{ dataDir, from: images, signal: controller.signal },
    onProgress({ step, done, total }) {
      stages.push(step, done, total);
      controller.abort(reason);
    },
  });
  t.is(await t.throwsAsync(stopped), reason);
  t.deepEqual(stages, ["decode", 3, 6]);
  const signal = AbortSignal.abort(reason);
  t.is(await t.throwsAsync(openTree(file, signal)), reason);
  t.is(await t.throwsAsync(readCifarBinaries(await openTree(source), format, signal)), reason);
  t.deepEqual(await readdir(dataDir), []);
});

test("loadDataset: tells of another process that draws the glyphs, and hears a stop while it waits", async (t) => {
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
