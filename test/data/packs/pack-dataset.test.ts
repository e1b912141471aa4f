import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cp, mkdir, readdir, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import test, { type ExecutionContext } from "ava";
import type { Dataset } from "../../../src/data/image-set.ts";
import { loadDataset } from "../../../src/data/packs/load-dataset.ts";
import { type Manifest, type ManifestContent, manifestText } from "../../../src/data/packs/manifest.ts";
import { packDataset } from "../../../src/data/packs/pack-dataset.ts";
import { ensurePacked, prepareDataset } from "../../../src/data/packs/prepare-dataset.ts";
import { processName, thisProcess } from "../../../src/storage/processes.ts";
import { patternPixels, temporaryFolder } from "../../support/class-folders.ts";
import { packTinyGlyphs } from "../../support/tiny-glyphs.ts";

const split = (...blues: number[]) => ({
  pixels: Uint8Array.from(blues.flatMap((blue) => [...patternPixels(blue)])),
  labels: Int32Array.from(blues, (blue) => blue % 2),
  height: 32,
  width: 32,
  numClasses: 2,
});
const small: Omit<Dataset, "digest"> = {
  name: "cifar10",
  origin: "re-encoded",
  classNames: ["even", "odd"],
  train: split(1, 2, 3),
  test: split(4, 5),
};

/** A folder in which `small` is packed. */
async function packed(t: ExecutionContext): Promise<{ dataDir: string; folder: string }> {
  const dataDir = await temporaryFolder(t);
  await packDataset(small, dataDir);
  return { dataDir, folder: path.join(dataDir, "cifar10") };
}

const sha256 = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");

test("packDataset: loadDataset gives back the same images, labels, names and origin", async (t) => {
  const { dataDir } = await packed(t);
  const loaded = await loadDataset("cifar10", dataDir);
  t.deepEqual({ ...loaded.train, pixels: Uint8Array.from(loaded.train.pixels) }, small.train);
  t.deepEqual({ ...loaded.test, pixels: Uint8Array.from(loaded.test.pixels) }, small.test);
  t.deepEqual([loaded.name, loaded.origin, loaded.classNames], ["cifar10", "re-encoded", ["even", "odd"]]);
});

test("packDataset: the digest is SHA-256 over the hashes of the four files", async (t) => {
  const { dataDir, folder } = await packed(t);
  const hashes: string[] = [];
  for (const name of ["train-images.bin", "train-labels.bin", "test-images.bin", "test-labels.bin"]) {
    hashes.push(sha256(await readFile(path.join(folder, name))));
  }
  t.is((await loadDataset("cifar10", dataDir)).digest, sha256(hashes.join("")));
  t.is((await packDataset(small, dataDir)).digest, sha256(hashes.join("")));
});

test("packDataset: another origin leaves the digest, one changed pixel does not", async (t) => {
  const dataDir = await temporaryFolder(t);
  const { digest } = await packDataset(small, dataDir);
  t.is((await packDataset({ ...small, origin: "official" }, dataDir)).digest, digest);
  t.is((await loadDataset("cifar10", dataDir)).origin, "official");
  t.not((await packDataset({ ...small, train: split(1, 2, 5) }, dataDir)).digest, digest);
});

test("packDataset: leaves nothing but the pack", async (t) => {
  const { dataDir, folder } = await packed(t);
  t.deepEqual(await readdir(dataDir), ["cifar10"]);
  t.is((await readdir(folder)).length, 5);
});

test("packDataset: temporary folders that killed processes left are removed, those of others stay", async (t) => {
  const dataDir = await temporaryFolder(t);
  const { pid: ended } = spawnSync(process.execPath, ["--version"]);
  const temporary = (name: string, change: Partial<ReturnType<typeof thisProcess>>) =>
    `.${name}.${processName({ ...thisProcess(), ...change })}.0.unfinished`;
  const stale = [temporary("cifar10", { pid: ended }), temporary("cifar10", { started: "1" })];
  const others = [temporary("cifar10", {}), temporary("cifar100", { pid: ended }), ".cifar10-notes"];
  for (const name of [...stale, ...others]) {
    await mkdir(path.join(dataDir, name));
    await writeFile(path.join(dataDir, name, "train-images.bin"), "half");
  }
  await packDataset(small, dataDir);
  t.deepEqual((await readdir(dataDir)).sort(), [...others, "cifar10"].sort());
});

/** Packs anew, with another origin, in a process of its own, to which that happens when the new pack is about to get its name. */
async function replaceElsewhere(dataDir: string, happens: string) {
  const module = fileURLToPath(new URL("../../../src/data/packs/pack-dataset.ts", import.meta.url));
  const script = `import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { packDataset } from ${JSON.stringify(module)};
const { rename } = fs;
fs.rename = async (from, to) => {
  if (to === ${JSON.stringify(path.join(dataDir, "cifar10"))} && from.endsWith(".unfinished")) { ${happens} }
  return rename(from, to);
};
syncBuiltinESMExports();
const split = { pixels: new Uint8Array(3072), labels: new Int32Array(1), height: 32, width: 32, numClasses: 1 };
const dataset = { name: "cifar10", origin: "official", classNames: ["one"], train: split, test: split };
await packDataset(dataset, ${JSON.stringify(dataDir)}).catch(({ message }) => process.stdout.write(message));`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script]);
  const [said, [, signal]] = await Promise.all([text(child.stdout), once(child, "close")]);
  return { said, signal };
}

const originIn = async (dataDir: string) => (await loadDataset("cifar10", dataDir)).origin;

test("packDataset: a pack that is to be replaced stays when the new one does not get its name", async (t) => {
  const { dataDir } = await packed(t);
  const { said } = await replaceElsewhere(dataDir, 'throw new Error("planted");');
  t.is(
    said,
    `${dataDir} must accept the packed cifar10, got planted; free some disk space or choose another --data folder`,
  );
  t.is(await originIn(dataDir), "re-encoded");
  t.deepEqual(await readdir(dataDir), ["cifar10"]);
});

test("packDataset: a process that was killed while it replaced a pack has not lost it, and leaves nothing in the end", async (t) => {
  const { dataDir, folder } = await packed(t);
  const { signal } = await replaceElsewhere(dataDir, 'process.kill(process.pid, "SIGKILL");');
  t.is(signal, "SIGKILL");
  t.false((await readdir(dataDir)).includes("cifar10"));
  // It is back before the new images are there, which may never be.
  await t.throwsAsync(prepareDataset("cifar10", { dataDir, from: path.join(dataDir, "absent") }));
  t.is(await originIn(dataDir), "re-encoded");

  await rename(folder, path.join(dataDir, ".cifar10.former"));
  await packDataset({ ...small, origin: "official" }, dataDir);
  t.is(await originIn(dataDir), "official");
  t.deepEqual(await readdir(dataDir), ["cifar10"]);
});

test("packDataset: a pack that a killed process had replaced already is removed", async (t) => {
  const { dataDir, folder } = await packed(t);
  await cp(folder, path.join(dataDir, ".cifar10.former"), { recursive: true });
  await packDataset({ ...small, origin: "official" }, dataDir);
  t.is(await originIn(dataDir), "official");
  t.deepEqual(await readdir(dataDir), ["cifar10"]);
});

test("ensurePacked: a pack that a killed process was replacing is there again and not made anew", async (t) => {
  const dataDir = await temporaryFolder(t);
  const { digest } = await packTinyGlyphs(dataDir);
  await rename(path.join(dataDir, "glyphs-10"), path.join(dataDir, ".glyphs-10.former"));
  await ensurePacked("glyphs-10", { dataDir });
  t.is((await loadDataset("glyphs-10", dataDir)).digest, digest);
  t.deepEqual(await readdir(dataDir), ["glyphs-10"]);
});

test("packDataset: a folder that cannot be written is refused", async (t) => {
  const file = path.join(await temporaryFolder(t), "file");
  await writeFile(file, "");
  await t.throwsAsync(packDataset(small, file), {
    name: "FailureError",
    message:
      /file must accept the packed cifar10, got EEXIST.*; free some disk space or choose another --data folder/,
  });
});

test("loadDataset: an absent data set names the command that packs it", async (t) => {
  const dataDir = await temporaryFolder(t);
  await t.throwsAsync(loadDataset("cifar100", dataDir), {
    name: "FailureError",
    message: `cifar100 must be packed in ${path.join(dataDir, "cifar100")} before use, got no manifest.json there; run \`h2t data cifar100\``,
  });
  await t.throwsAsync(loadDataset("tiny-imagenet-32", dataDir), {
    message: /run `h2t data tiny-imagenet-32 --from PATH`/,
  });
});

test("loadDataset: an unknown name is wrong usage", async (t) => {
  await t.throwsAsync(loadDataset("cifar1000", await temporaryFolder(t)), {
    name: "UsageError",
    message:
      /a data set must be one of cifar10, cifar100, tiny-imagenet-32, glyphs-10, glyphs-100, got cifar1000/,
  });
});

test("loadDataset: one flipped bit is found and the file named", async (t) => {
  const { dataDir, folder } = await packed(t);
  const file = path.join(folder, "train-images.bin");
  const bytes = await readFile(file);
  bytes.writeUInt8(bytes.readUInt8(777) ^ 1, 777);
  await writeFile(file, bytes);
  const digest = sha256(small.train.pixels);
  await t.throwsAsync(loadDataset("cifar10", dataDir), {
    name: "FailureError",
    message: `${file} must have SHA-256 ${digest}, got ${sha256(bytes)}; pack it again with \`h2t data cifar10\``,
  });
});

test("loadDataset: a short and a missing file are named", async (t) => {
  const { dataDir, folder } = await packed(t);
  await truncate(path.join(folder, "test-images.bin"), 6000);
  await t.throwsAsync(loadDataset("cifar10", dataDir), {
    message: /test-images\.bin must have 6144 bytes, got 6000 bytes; pack it again/,
  });
  await rm(path.join(folder, "train-labels.bin"));
  await t.throwsAsync(loadDataset("cifar10", dataDir), {
    message: /train-labels\.bin must be readable, got ENOENT/,
  });
});

/** A manifest without its own hash, as an object and as text. */
function unhashed(text: string): ManifestContent {
  const { sha256: _, ...content } = JSON.parse(text) as Manifest;
  return content;
}
const textOf = (content: ManifestContent) => `${JSON.stringify(content, null, 2)}\n`;

test("loadDataset: a manifest without its hash is refused, which could say what it likes", async (t) => {
  const { dataDir, folder } = await packed(t);
  const file = path.join(folder, "manifest.json");
  await writeFile(file, textOf(unhashed(await readFile(file, "utf8"))));
  await t.throwsAsync(loadDataset("cifar10", dataDir), {
    name: "FailureError",
    message:
      /manifest\.json must be a manifest of schema version 1, got .*sha256.*; pack it again with `h2t data cifar10`$/,
  });
});

test("loadDataset: a manifest of which a letter of a class was changed is refused", async (t) => {
  const { dataDir, folder } = await packed(t);
  const file = path.join(folder, "manifest.json");
  await writeFile(file, (await readFile(file, "utf8")).replace("even", "ever"));
  await t.throwsAsync(loadDataset("cifar10", dataDir), {
    name: "FailureError",
    message:
      /manifest\.json must have SHA-256 [0-9a-f]{64}, as it says, got another text; pack it again with `h2t data cifar10`$/,
  });
});

for (const [change, edit, message] of [
  ["broken JSON", () => "{", /manifest\.json must be a manifest of schema version 1, got no valid JSON/],
  [
    "another schema version",
    (text: string) => text.replace('"schemaVersion": 1', '"schemaVersion": 2'),
    /manifest\.json must be a manifest of schema version 1, got .*schemaVersion/,
  ],
  [
    "another name",
    (text: string) => text.replace('"cifar10"', '"cifar100"'),
    /must describe cifar10, got cifar100/,
  ],
  [
    "another digest",
    (text: string) => text.replace(/"digest": "[0-9a-f]{64}"/, `"digest": "${"0".repeat(64)}"`),
    /manifest\.json must have the digest of its files, got 0/,
  ],
  [
    "fewer classes",
    (text: string) => text.replace(/,\s*"odd"/, ""),
    /train-labels\.bin must hold labels 0 … 0, got 1/,
  ],
] as const) {
  test(`loadDataset: a manifest with ${change} is refused`, async (t) => {
    const { dataDir, folder } = await packed(t);
    const file = path.join(folder, "manifest.json");
    const edited = edit(textOf(unhashed(await readFile(file, "utf8"))));
    // With the hash of what it says, where that can be read.
    await writeFile(file, edited === "{" ? edited : manifestText(JSON.parse(edited)));
    await t.throwsAsync(loadDataset("cifar10", dataDir), { name: "FailureError", message });
  });
}
