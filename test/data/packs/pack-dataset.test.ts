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

test("packDataset: loadDataset returns the same images, labels, names and origin", async (t) => {
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

test("packDataset: the digest depends on every pixel, but not on the origin", async (t) => {
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

test("packDataset: removes temporary folders of killed processes, and keeps those of others", async (t) => {
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

/** Replaces the pack in another process, and runs `happens` there just before the new pack is renamed into place. */
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
await packDataset(dataset, ${JSON.stringify(dataDir)}).catch(({ code, message }) => process.stdout.write(code + " " + message));`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script]);
  const [said, [, signal]] = await Promise.all([text(child.stdout), once(child, "close")]);
  return { said, signal };
}

const originIn = async (dataDir: string) => (await loadDataset("cifar10", dataDir)).origin;

test("packDataset: keeps the existing pack if the new one cannot be renamed", async (t) => {
  const { dataDir } = await packed(t);
  const { said } = await replaceElsewhere(dataDir, 'throw new Error("planted");');
  t.true(said.startsWith("PACK_NOT_WRITTEN "), said);
  for (const detail of ["cifar10", dataDir, "planted"]) t.true(said.includes(detail), said);
  t.is(await originIn(dataDir), "re-encoded");
  t.deepEqual(await readdir(dataDir), ["cifar10"]);
});

test("packDataset: a pack survives a process that is killed while replacing it, and no other files remain", async (t) => {
  const { dataDir, folder } = await packed(t);
  const { signal } = await replaceElsewhere(dataDir, 'process.kill(process.pid, "SIGKILL");');
  t.is(signal, "SIGKILL");
  t.false((await readdir(dataDir)).includes("cifar10"));
  // The pack is restored even if the new images are missing.
  await t.throwsAsync(prepareDataset("cifar10", { dataDir, from: path.join(dataDir, "absent") }));
  t.is(await originIn(dataDir), "re-encoded");

  await rename(folder, path.join(dataDir, ".cifar10.former"));
  await packDataset({ ...small, origin: "official" }, dataDir);
  t.is(await originIn(dataDir), "official");
  t.deepEqual(await readdir(dataDir), ["cifar10"]);
});

test("packDataset: removes the previous pack after a process was killed between replacing and removing it", async (t) => {
  const { dataDir, folder } = await packed(t);
  await cp(folder, path.join(dataDir, ".cifar10.former"), { recursive: true });
  await packDataset({ ...small, origin: "official" }, dataDir);
  t.is(await originIn(dataDir), "official");
  t.deepEqual(await readdir(dataDir), ["cifar10"]);
});

test("ensurePacked: restores a pack that a killed process was replacing, instead of generating it again", async (t) => {
  const dataDir = await temporaryFolder(t);
  const { digest } = await packTinyGlyphs(dataDir);
  await rename(path.join(dataDir, "glyphs-10"), path.join(dataDir, ".glyphs-10.former"));
  await ensurePacked("glyphs-10", { dataDir });
  t.is((await loadDataset("glyphs-10", dataDir)).digest, digest);
  t.deepEqual(await readdir(dataDir), ["glyphs-10"]);
});

test("packDataset: the error names a folder that cannot be written", async (t) => {
  const file = path.join(await temporaryFolder(t), "file");
  await writeFile(file, "");
  const error = await t.throwsAsync(packDataset(small, file), {
    name: "FailureError",
    code: "PACK_NOT_WRITTEN",
  });
  t.true(error?.message.includes(file));
});

test("loadDataset: the error about a missing data set names the command that packs it", async (t) => {
  const dataDir = await temporaryFolder(t);
  for (const [name, command] of [
    ["cifar100", "`h2t data cifar100`"],
    ["tiny-imagenet-32", "`h2t data tiny-imagenet-32 --from PATH`"],
  ] as const) {
    const error = await t.throwsAsync(loadDataset(name, dataDir), {
      name: "FailureError",
      code: "DATA_SET_NOT_PACKED",
    });
    t.true(error?.message.includes(path.join(dataDir, name)));
    t.true(error?.message.includes(command));
  }
});

test("loadDataset: an unknown name is rejected", async (t) => {
  await t.throwsAsync(loadDataset("cifar1000", await temporaryFolder(t)), {
    name: "UsageError",
    code: "DATA_SET_UNKNOWN",
  });
});

test("loadDataset: a flipped bit is detected, and the error names the file", async (t) => {
  const { dataDir, folder } = await packed(t);
  const file = path.join(folder, "train-images.bin");
  const bytes = await readFile(file);
  bytes.writeUInt8(bytes.readUInt8(777) ^ 1, 777);
  await writeFile(file, bytes);
  const error = await t.throwsAsync(loadDataset("cifar10", dataDir), {
    name: "FailureError",
    code: "PACK_FILE_ALTERED",
  });
  for (const detail of [file, sha256(small.train.pixels), sha256(bytes), "`h2t data cifar10`"])
    t.true(error?.message.includes(detail));
});

test("loadDataset: the error names a short or missing file", async (t) => {
  const { dataDir, folder } = await packed(t);
  await truncate(path.join(folder, "test-images.bin"), 6000);
  const short = await t.throwsAsync(loadDataset("cifar10", dataDir), { code: "PACK_FILE_LENGTH" });
  t.regex(short?.message ?? "", /\b6144\b.*test-images\.bin.*\b6000\b/);
  await rm(path.join(folder, "train-labels.bin"));
  const missing = await t.throwsAsync(loadDataset("cifar10", dataDir), { code: "PACK_FILE_UNREADABLE" });
  t.regex(missing?.message ?? "", /train-labels\.bin.*ENOENT/);
});

/** A manifest without its own hash, as an object and as text. */
function unhashed(text: string): ManifestContent {
  const { sha256: _, ...content } = JSON.parse(text) as Manifest;
  return content;
}
const textOf = (content: ManifestContent) => `${JSON.stringify(content, null, 2)}\n`;

test("loadDataset: a manifest without its hash is rejected", async (t) => {
  const { dataDir, folder } = await packed(t);
  const file = path.join(folder, "manifest.json");
  await writeFile(file, textOf(unhashed(await readFile(file, "utf8"))));
  const error = await t.throwsAsync(loadDataset("cifar10", dataDir), {
    name: "FailureError",
    code: "MANIFEST_INVALID",
  });
  t.true(error?.message.includes(file));
  t.true(error?.message.includes("sha256"));
});

test("loadDataset: a manifest with a changed letter in a class name is rejected", async (t) => {
  const { dataDir, folder } = await packed(t);
  const file = path.join(folder, "manifest.json");
  await writeFile(file, (await readFile(file, "utf8")).replace("even", "ever"));
  const error = await t.throwsAsync(loadDataset("cifar10", dataDir), {
    name: "FailureError",
    code: "MANIFEST_ALTERED",
  });
  t.true(error?.message.includes(file));
});

for (const [change, edit, code, detail] of [
  ["broken JSON", () => "{", "MANIFEST_INVALID", "manifest.json"],
  [
    "another schema version",
    (text: string) => text.replace('"schemaVersion": 1', '"schemaVersion": 2'),
    "MANIFEST_INVALID",
    "schemaVersion",
  ],
  [
    "another name",
    (text: string) => text.replace('"cifar10"', '"cifar100"'),
    "MANIFEST_OF_OTHER_DATA_SET",
    "got that of cifar100",
  ],
  [
    "another digest",
    (text: string) => text.replace(/"digest": "[0-9a-f]{64}"/, `"digest": "${"0".repeat(64)}"`),
    "MANIFEST_DIGEST",
    "manifest.json",
  ],
  [
    "fewer classes",
    (text: string) => text.replace(/,\s*"odd"/, ""),
    "LABEL_OUT_OF_RANGE",
    "train-labels.bin",
  ],
] as const) {
  test(`loadDataset: a manifest with ${change} is rejected`, async (t) => {
    const { dataDir, folder } = await packed(t);
    const file = path.join(folder, "manifest.json");
    const edited = edit(textOf(unhashed(await readFile(file, "utf8"))));
    // Gives valid JSON a valid hash.
    await writeFile(file, edited === "{" ? edited : manifestText(JSON.parse(edited)));
    const error = await t.throwsAsync(loadDataset("cifar10", dataDir), { name: "FailureError", code });
    t.true(error?.message.includes(detail));
  });
}
