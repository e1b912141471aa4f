import { readdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import test from "ava";
import { packDataset } from "../../src/data/packs/pack-dataset.ts";
import { patternPng, temporaryFolder, writeFiles } from "../support/class-folders.ts";
import { run } from "../support/run-command-line.ts";

test("h2t data: what is packed and whole stays, and images that are not official are called so", async (t) => {
  const data = await temporaryFolder(t);
  const one = {
    pixels: new Uint8Array(3072),
    labels: Int32Array.of(0),
    height: 32,
    width: 32,
    numClasses: 1,
  };
  await packDataset(
    { name: "cifar10", origin: "re-encoded", classNames: ["a"], train: one, test: one },
    data,
  );
  const { status, printed, errors } = await run("data", "cifar10", "--data", data);
  t.is(status, 0);
  t.is(
    printed,
    "cifar10: 1 training and 1 test images, not the official images: every table and figure made from them says so.\n" +
      "Classes: 0 a.\n" +
      `Already in ${path.join(data, "cifar10")}; remove that folder to pack it again.\n`,
  );
  t.is(errors, "");

  // Where a process was killed while it replaced them.
  await rename(path.join(data, "cifar10"), path.join(data, ".cifar10.former"));
  const restored = await run("data", "cifar10", "--data", data);
  t.is(restored.errors, "");
  t.regex(restored.printed, /^cifar10: 1 training and 1 test images, .+\nClasses: 0 a\.\nPacked in /);
  t.deepEqual(await readdir(data), ["cifar10"]);
});

test("h2t data --from: class folders that lack images are a failure told in one line, and nothing is packed", async (t) => {
  const from = await temporaryFolder(t);
  for (let c = 0; c < 10; c++) {
    const image = await patternPng(c);
    await writeFiles(from, { [`train/${c}/0.png`]: image, [`test/${c}/0.png`]: image });
  }
  const data = await temporaryFolder(t);
  const { status, printed, errors } = await run("data", "cifar10", "--from", from, "--data", data);
  t.is(status, 1);
  t.is(printed, "");
  t.is(
    errors,
    `h2t: expected 5000 training images per class in ${from}, got 1 of class airplane, and another number in 9 more classes; point --from at all images of the data set, each once\n`,
  );
  t.deepEqual(await readdir(data), []);
});

test("h2t data: a damaged pack is made anew", async (t) => {
  const data = await temporaryFolder(t);
  await run("data", "glyphs-10", "--data", data);
  await writeFile(path.join(data, "glyphs-10", "test-labels.bin"), "damaged");
  const again = await run("data", "glyphs-10", "--data", data);
  t.is(again.status, 0);
  t.regex(again.printed, /\nPacked in /);
  t.regex(again.errors, /\nDrawing: 100% of 6,000 images\n$/);
  t.regex((await run("data", "glyphs-10", "--data", data)).printed, /\nAlready in /);
});

test("h2t data: a source that does not exist is a failure told in one line", async (t) => {
  const data = await temporaryFolder(t);
  const { status, printed, errors } = await run("data", "cifar10", "--from", "/nowhere", "--data", data);
  t.is(status, 1);
  t.is(printed, "");
  t.regex(errors, /^h2t: \/nowhere [^\n]+\n$/);
});
