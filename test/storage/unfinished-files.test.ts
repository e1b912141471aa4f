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

test("unfinishedName: no two calls in a process return the same name", (t) => {
  t.not(unfinishedName("file"), unfinishedName("file"));
});

test("removeOrphans: files of dead processes are removed, even if this process has their PID", async (t) => {
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

test("removeOrphans: files of unknown processes are removed after a day; those of running ones stay", async (t) => {
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

/** Gives a folder to another user, which only root can do, and not in every container. */
function isGivenAway(folder: string): boolean {
  try {
    chownSync(folder, 12345, 12345);
    return true;
  } catch {
    return false;
  }
}

test("removeOrphans: a folder is removed with its content, unless it belongs to another user", async (t) => {
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

test("storeFile: removes what a killed process with the same PID left behind", async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, "record.json");
  writeFileSync(nameOf(file, { started: "1" }), "part");
  await storeFile(file, "whole");
  t.deepEqual(readdirSync(folder), ["record.json"]);
});

test("storeFile: the error about a missing folder names the file", async (t) => {
  const file = path.join(await temporaryFolder(t), "absent", "record.json");
  const error = await t.throwsAsync(storeFile(file, "whole"), { name: "FailureError", code: "PATH_MISSING" });
  t.true(error?.message.includes(file));
});
