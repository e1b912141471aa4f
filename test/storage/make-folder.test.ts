import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import test from "ava";
import { makeFolder } from "../../src/storage/make-folder.ts";
import { temporaryFolder } from "../support/class-folders.ts";

test("makeFolder: creates a folder and its parents, and accepts an existing one", async (t) => {
  const folder = path.join(await temporaryFolder(t), "runs/feature-banks/one");
  makeFolder(folder);
  t.true(existsSync(folder));
  makeFolder(folder);
  makeFolder(path.relative(process.cwd(), path.join(folder, "two")));
  t.true(existsSync(path.join(folder, "two")));
});

test("makeFolder: a file in its place causes the system's error", async (t) => {
  const file = path.join(await temporaryFolder(t), "runs");
  await writeFile(file, "");
  t.throws(() => makeFolder(path.join(file, "one")), { code: "ENOTDIR" });
});
