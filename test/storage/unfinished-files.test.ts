import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import test from "ava";
import { processName, thisProcess } from "../../src/storage/processes.ts";
import { storeFile } from "../../src/storage/store-file.ts";
import { removeOrphans, unfinishedName } from "../../src/storage/unfinished-files.ts";
import { temporaryFolder } from "../support/class-folders.ts";

const own = thisProcess();
const { pid: ended } = spawnSync(process.execPath, ["--version"]);
const nameOf = (file: string, change: Partial<typeof own>) =>
  `${file}.${processName({ ...own, ...change })}.0.unfinished`;

test("unfinishedName: the same process does not give a name twice", (t) => {
  t.not(unfinishedName("file"), unfinishedName("file"));
});

test("removeOrphans: what a process wrote that is gone is removed, also one that had this one's number", async (t) => {
  const file = path.join(await temporaryFolder(t), "bank");
  const orphans = [nameOf(file, { pid: ended }), nameOf(file, { started: "1" })];
  const others = [
    unfinishedName(file),
    nameOf(file, { host: "elsewhere", pid: ended }),
    nameOf(file, { space: "1" }),
    nameOf(`${file}2`, { pid: ended }),
    `${file}.${hostname()}.${ended}.0.unfinished`,
    `${file}.unfinished`,
  ];
  for (const each of [...orphans, ...others]) writeFileSync(each, "part");
  removeOrphans(file);
  t.deepEqual(orphans.map(existsSync), [false, false]);
  t.deepEqual(
    others.map(existsSync),
    others.map(() => true),
  );
});

test("removeOrphans: what a process began that cannot be seen goes a day after it last wrote; a running one's stays", async (t) => {
  const file = path.join(await temporaryFolder(t), "bank");
  const [hour, now] = [3600, Date.now() / 1000];
  const written = {
    running: unfinishedName(file),
    far: nameOf(file, { host: "elsewhere" }),
    contained: nameOf(file, { space: "1" }),
    earlier: `${file}.elsewhere.17.0.unfinished`,
  };
  for (const age of [23, 25]) {
    for (const each of Object.values(written)) {
      writeFileSync(each, "part");
      utimesSync(each, now, now - age * hour);
    }
    removeOrphans(file);
    const left = Object.entries(written).flatMap(([who, each]) => (existsSync(each) ? [who] : []));
    t.deepEqual(left, age < 24 ? ["running", "far", "contained", "earlier"] : ["running"]);
  }
});

/** Gives a folder to another user, which nobody but root may, and not root of every container. */
function isGivenAway(folder: string): boolean {
  try {
    chownSync(folder, 12345, 12345);
    return true;
  } catch {
    return false;
  }
}

test("removeOrphans: a folder goes with what is in it, but for another user's", async (t) => {
  const file = path.join(await temporaryFolder(t), "pack");
  const orphan = nameOf(file, { pid: ended });
  mkdirSync(orphan);
  writeFileSync(path.join(orphan, "images"), "part");
  const { uid, gid } = statSync(orphan);
  if (isGivenAway(orphan)) {
    removeOrphans(file);
    t.true(existsSync(path.join(orphan, "images")));
    chownSync(orphan, uid, gid);
  }
  removeOrphans(file);
  t.deepEqual(readdirSync(path.dirname(file)), []);
});

test("storeFile: nothing but the file is left where a process of this number was killed before", async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, "record.json");
  writeFileSync(nameOf(file, { started: "1" }), "part");
  await storeFile(file, "whole");
  t.deepEqual(readdirSync(folder), ["record.json"]);
});

test("storeFile: a folder that is not there is refused by the file's name", async (t) => {
  const file = path.join(await temporaryFolder(t), "absent", "record.json");
  await t.throwsAsync(storeFile(file, "whole"), {
    name: "FailureError",
    message: `h2t must be able to open ${file}, got no such file or folder (ENOENT); make it, or name another place`,
  });
});
