import { writeFile } from "node:fs/promises";
import path from "node:path";
import test, { type ExecutionContext } from "ava";
import { patternPng, temporaryFolder, writeFiles } from "../support/class-folders.ts";
import { run } from "../support/run-command-line.ts";

/** Twenty training and ten test images in class-named folders, and a folder for packs. */
async function tinyCifar(t: ExecutionContext) {
  const folder = await temporaryFolder(t);
  const images: Record<string, Buffer> = {};
  for (let c = 0; c < 10; c++) {
    for (const file of ["train/c/0", "train/c/1", "test/c/0"]) {
      images[`${file.replace("c", `class-${c}`)}.png`] = await patternPng(c);
    }
  }
  await writeFiles(path.join(folder, "images"), images);
  return { from: path.join(folder, "images"), data: path.join(folder, "packs") };
}

test("h2t data --from: packs class folders, tells of progress and says that they are not official", async (t) => {
  const { from, data } = await tinyCifar(t);
  const { status, printed, errors } = await run("data", "cifar10", "--from", from, "--data", data);
  t.is(status, 0);
  t.is(
    printed,
    "cifar10: 20 training and 10 test images, not the official bytes: every table and figure made from them says so.\n" +
      `Packed in ${path.join(data, "cifar10")}.\n`,
  );
  t.regex(errors, /^Decoding: .*% of 30 images\n/);
  t.regex(errors, /\nDecoding: 100% of 30 images\n$/);
});

test("h2t data: what is packed and whole stays", async (t) => {
  const { from, data } = await tinyCifar(t);
  await run("data", "cifar10", "--from", from, "--data", data);
  const { status, printed, errors } = await run("data", "cifar10", "--data", data);
  t.is(status, 0);
  t.regex(printed, /\nAlready in .*cifar10; remove that folder to make it anew\.\n$/);
  t.is(errors, "");
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
  t.is(
    errors,
    "h2t: --from must name a folder, or a .tar, .tar.gz or .tar.xz, got /nowhere, which does not exist; check the path\n",
  );
});
