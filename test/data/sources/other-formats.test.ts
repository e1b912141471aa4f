import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import test from "ava";
import { readArchive } from "../../../src/data/sources/archive-tree.ts";
import { projectFolder } from "../../../src/setup/project-folder.ts";
import { venvPython } from "../../../src/setup/python-packages.ts";
import { temporaryFolder } from "../../support/class-folders.ts";

/** Writes a small file in each format. */
const makeFiles = `
import bz2, io, pickle, sys, tarfile, zipfile
import numpy
folder = sys.argv[1] + "/"
tar = io.BytesIO()
with tarfile.open(fileobj=tar, mode="w") as archive:
    archive.addfile(tarfile.TarInfo("train/cat/0.png"), io.BytesIO())
with zipfile.ZipFile(folder + "set.zip", "w") as archive:
    archive.writestr("train/cat/0.png", b"")
open(folder + "set.tar.bz2", "wb").write(bz2.compress(tar.getvalue()))
numpy.savez(folder + "set.npz", images=numpy.zeros((2, 3)))
numpy.save(folder + "set.npy", numpy.zeros((2, 3)))
pickle.dump({b"data": [1]}, open(folder + "data_batch_1", "wb"), protocol=2)
open(folder + "page.tar.gz", "w").write("<!DOCTYPE html><html></html>")
open(folder + "set.tar", "wb").write(tar.getvalue())
`;

test("readArchive: the error about another format gives its fix, regardless of the file name", async (t) => {
  const folder = await temporaryFolder(t);
  execFileSync(venvPython(projectFolder), ["-c", makeFiles, folder]);
  const fixes = {
    "set.zip": /unpack/,
    "set.tar.bz2": /unpack/,
    "set.npz": /\.png/,
    "set.npy": /\.png/,
    data_batch_1: /\.png/,
    "page.tar.gz": /page/,
  };
  for (const [name, fix] of Object.entries(fixes)) {
    // The first bytes determine the format, not the name.
    const renamed = path.join(folder, "renamed.tar.xz");
    await writeFile(renamed, await readFile(path.join(folder, name)));
    for (const file of [path.join(folder, name), renamed]) {
      const error = await t.throwsAsync(readArchive(file), { code: "ARCHIVE_FORMAT" }, name);
      t.regex(error?.message.split("; ").at(-1) ?? "", fix);
    }
  }
  t.deepEqual((await readArchive(path.join(folder, "set.tar"))).paths, ["train/cat/0.png"]);
});

test("readArchive: a file in an unknown format is rejected", async (t) => {
  const file = path.join(await temporaryFolder(t), "set.tar");
  await writeFile(file, "some notes, and no images\n".repeat(100));
  const error = await t.throwsAsync(readArchive(file), { name: "FailureError", code: "ARCHIVE_DAMAGED" });
  t.true(error?.message.includes(file), error?.message);
});
