import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import test, { type ExecutionContext } from "ava";
import { lock, whileLocked } from "../../src/storage/lock.ts";
import { processName, thisProcess } from "../../src/storage/processes.ts";
import { temporaryFolder } from "../support/class-folders.ts";

const module = fileURLToPath(new URL("../../src/storage/lock.ts", import.meta.url));

/** Starts a process that takes a lock and keeps it until it is killed. */
async function lockElsewhere(what: string) {
  const script = `import { lock } from ${JSON.stringify(module)};
await lock(${JSON.stringify(what)});
process.stdout.write("taken");
setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script]);
  await once(child.stdout, "data");
  return child;
}

const lockFiles = (what: string) => readdirSync(path.dirname(what));

test("lock: a process waits, reports the owner, and gets the lock when the owner is killed", async (t) => {
  const what = path.join(await temporaryFolder(t), "run");
  const holder = await lockElsewhere(what);
  let reported = "";
  let isInside = false;
  const waiting = whileLocked(what, { onWait: (owner) => (reported += owner) }, async () => {
    isInside = true;
  });
  while (reported === "") await setTimeout(10);
  t.is(reported, `process ${holder.pid}`);
  t.false(isInside);
  t.is(lockFiles(what).length, 1);
  holder.kill("SIGKILL");
  await waiting;
  t.true(isInside);
  t.deepEqual(lockFiles(what), []);
});

test("lock: only one of many simultaneous callers holds it at a time", async (t) => {
  const what = path.join(await temporaryFolder(t), "new", "run");
  let inside = 0;
  let maxInside = 0;
  const turns = Array.from({ length: 8 }, () =>
    whileLocked(what, {}, async () => {
      maxInside = Math.max(maxInside, ++inside);
      await setTimeout(5);
      inside--;
    }),
  );
  await Promise.all(turns);
  t.is(maxInside, 1);
  t.deepEqual(lockFiles(what), []);
});

test("lock: an aborted caller stops waiting and leaves no lock file", async (t) => {
  const what = path.join(await temporaryFolder(t), "run");
  const release = await lock(what);
  const stop = new AbortController();
  const reason = new Error("planted");
  const waiting = lock(what, { signal: stop.signal, onWait: () => stop.abort(reason) });
  t.is(await t.throwsAsync(waiting), reason);
  t.is(lockFiles(what).length, 1);
  release();
  (await lock(what))();
  t.deepEqual(lockFiles(what), []);
});

/** Creates the lock file of another process. */
function createLockFile(
  t: ExecutionContext,
  what: string,
  change: Partial<ReturnType<typeof thisProcess>>,
): string {
  const file = `${what}.${processName({ ...thisProcess(), ...change })}-0.lock`;
  mkdirSync(path.dirname(what), { recursive: true });
  writeFileSync(file, "");
  t.true(lockFiles(what).includes(path.basename(file)));
  return file;
}

test("lock: the lock of a dead process is void, even if its PID was reused", async (t) => {
  const what = path.join(await temporaryFolder(t), "run");
  createLockFile(t, what, { started: "1" });
  createLockFile(t, what, { pid: 2 ** 22 + 1 });
  const release = await lock(what, { onWait: () => t.fail() });
  t.is(lockFiles(what).length, 1);
  release();
});

test("lock: the lock of another machine or container is valid, and the file to delete is reported", async (t) => {
  const what = path.join(await temporaryFolder(t), "run");
  for (const place of [
    { host: "else.where" },
    { space: "1" },
    // Another machine with the same host name that shares the folder.
    { machine: "ffffffff", system: "00000000" },
  ]) {
    const file = createLockFile(t, what, place);
    const { host, pid } = { ...thisProcess(), ...place };
    const stop = new AbortController();
    let reported = "";
    const onWait = (owner: string) => {
      reported = owner;
      stop.abort(new Error("enough"));
    };
    await t.throwsAsync(lock(what, { signal: stop.signal, onWait }), { message: "enough" });
    for (const detail of [`process ${pid}`, host, file]) t.true(reported.includes(detail), reported);
    await rm(file);
  }
});

test("lock: other files in the same folder are ignored", async (t) => {
  const what = path.join(await temporaryFolder(t), "run");
  createLockFile(t, `${what}2`, {});
  createLockFile(t, path.join(path.dirname(what), "a.run"), {});
  writeFileSync(`${what}.json`, "");
  (await lock(what, { onWait: () => t.fail() }))();
  t.is(lockFiles(what).length, 3);
});
