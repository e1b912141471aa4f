import { mkdir, rename, symlink } from "node:fs/promises";
import path from "node:path";
import test from "ava";
import { readFolder } from "../../../src/data/sources/file-tree.ts";
import { temporaryFolder, writeFiles } from "../../support/class-folders.ts";

test("readFolder: follows links to folders and files", async (t) => {
  const folder = await temporaryFolder(t);
  const elsewhere = await temporaryFolder(t);
  await writeFiles(folder, {
    "set/train/cat/0.png": "a",
    "set/train/dog/0.png": "b",
    "set/test/cat/0.png": "c",
  });
  const before = (await readFolder(path.join(folder, "set"))).paths;
  await rename(path.join(folder, "set/train/dog"), path.join(elsewhere, "dog"));
  await symlink(path.join(elsewhere, "dog"), path.join(folder, "set/train/dog"));
  await rename(path.join(folder, "set/test"), path.join(elsewhere, "test"));
  await symlink(path.join(elsewhere, "test"), path.join(folder, "set/test"));
  const after = await readFolder(path.join(folder, "set"));
  t.deepEqual(after.paths, before);
  t.is(Buffer.from(await after.read("train/dog/0.png")).toString(), "b");
  // The folder itself may be a link as well.
  await symlink(path.join(folder, "set"), path.join(elsewhere, "link"));
  t.deepEqual((await readFolder(path.join(elsewhere, "link"))).paths, before);
});

test("readFolder: does not follow a link to a parent folder, and lists a folder under each of its names", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, { "a/0.png": "a" });
  await symlink(folder, path.join(folder, "a/up"));
  await symlink(path.join(folder, "a"), path.join(folder, "b"));
  await mkdir(path.join(folder, ".hidden"));
  await writeFiles(folder, { "a/._0.png": "x" });
  t.deepEqual((await readFolder(folder)).paths, ["a/0.png", "b/0.png"]);
});
