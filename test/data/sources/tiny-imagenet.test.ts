import test from "ava";
import sharp from "sharp";
import { readFolder } from "../../../src/data/sources/file-tree.ts";
import { firstSynsets, readTinyImagenet } from "../../../src/data/sources/tiny-imagenet.ts";
import { temporaryFolder, writeFiles } from "../../support/class-folders.ts";

/** A uniform grey JPEG, which JPEG stores without loss. */
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

test("readTinyImagenet: keeps the given synsets in their order, with validation as the test split", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, await layout());
  const { classNames, train, test: tested } = await readTinyImagenet(await readFolder(folder), ["n1", "n2"]);
  t.deepEqual(classNames, ["n1", "n2"]);
  const firstBytes = (pixels: Uint8Array, count: number) =>
    Array.from({ length: count }, (_, i) => pixels[3072 * i]);
  t.deepEqual(train.labels, Int32Array.of(0, 1, 1));
  t.deepEqual(firstBytes(train.pixels, 3), [10, 20, 21]);
  t.deepEqual(tested.labels, Int32Array.of(1, 0));
  t.deepEqual(firstBytes(tested.pixels, 2), [120, 110]);
});

test("readTinyImagenet: a wrong number of images is rejected only in kept classes", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, await layout());
  const tree = await readFolder(folder);
  await t.throwsAsync(readTinyImagenet(tree, ["n1", "n2"], { trainPerClass: 1, testPerClass: 1 }), {
    name: "FailureError",
    code: "IMAGES_PER_CLASS",
  });
  const { train } = await readTinyImagenet(tree, ["n1"], { trainPerClass: 1, testPerClass: 1 });
  t.deepEqual(train.labels, Int32Array.of(0));
});

test("readTinyImagenet: missing synsets, annotations and images are rejected, as is an image annotated twice", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, await layout());
  const tree = await readFolder(folder);
  const read = (from: typeof tree) => readTinyImagenet(from, ["n1", "n2"]);
  await t.throwsAsync(readTinyImagenet(tree, ["n0", "n1"]), { name: "FailureError", code: "SYNSET_MISSING" });
  const without = (name: string) => ({ ...tree, paths: tree.paths.filter((path) => !path.endsWith(name)) });
  await t.throwsAsync(read(without("val_annotations.txt")), { code: "ANNOTATIONS_MISSING" });
  await t.throwsAsync(read(without("v1.JPEG")), { code: "IMAGE_MISSING" });
  for (const duplicate of ["v1.JPEG\tn2\t0\t0\t31\t31", "v1.JPEG\tn3\t0\t0\t31\t31"]) {
    await writeFiles(folder, { "tiny/val/val_annotations.txt": `${annotations}\n${duplicate}\n` });
    await t.throwsAsync(read(tree), { code: "ANNOTATED_TWICE" });
  }
});

test("firstSynsets: a hundred distinct synset ids in sorted order", (t) => {
  t.is(new Set(firstSynsets).size, 100);
  t.deepEqual(firstSynsets, [...firstSynsets].sort());
  t.true(firstSynsets.every((id) => /^n\d{8}$/.test(id)));
});
