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

/** Takes a lock in a process of its own, which ends when it is killed. */
async function takenElsewhere(what: string) {
  const script = `import { lock } from ${JSON.stringify(module)};
await lock(${JSON.stringify(what)});
process.stdout.write("taken");
setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script]);
  await once(child.stdout, "data");
  return child;
}

const claims = (what: string) => readdirSync(path.dirname(what));

test("lock: one process has it; another waits, says for whom, and gets it when that one is killed", async (t) => {
  const what = path.join(await temporaryFolder(t), "run");
  const holder = await takenElsewhere(what);
  let told = "";
  let isIn = false;
  const waiting = whileLocked(what, { onWait: (owner) => (told += owner) }, async () => {
    isIn = true;
  });
  while (told === "") await setTimeout(10);
  t.is(told, `process ${holder.pid}`);
  t.false(isIn);
  t.is(claims(what).length, 1);
  holder.kill("SIGKILL");
  await waiting;
  t.true(isIn);
  t.deepEqual(claims(what), []);
});

test("lock: of many that come at once one after the other is in", async (t) => {
  const what = path.join(await temporaryFolder(t), "new", "run");
  let inside = 0;
  let most = 0;
  const turns = Array.from({ length: 8 }, () =>
    whileLocked(what, {}, async () => {
      most = Math.max(most, ++inside);
      await setTimeout(5);
      inside--;
    }),
  );
  await Promise.all(turns);
  t.is(most, 1);
  t.deepEqual(claims(what), []);
});

test("lock: whoever waits stops when it is told to, and leaves no claim", async (t) => {
  const what = path.join(await temporaryFolder(t), "run");
  const release = await lock(what);
  const stop = new AbortController();
  const reason = new Error("planted");
  const waiting = lock(what, { signal: stop.signal, onWait: () => stop.abort(reason) });
  t.is(await t.throwsAsync(waiting), reason);
  t.is(claims(what).length, 1);
  release();
  (await lock(what))();
  t.deepEqual(claims(what), []);
});

/** Puts a claim there as that process would have. */
function claimOf(t: ExecutionContext, what: string, change: Partial<ReturnType<typeof thisProcess>>): string {
  const file = `${what}.${processName({ ...thisProcess(), ...change })}-0.lock`;
  mkdirSync(path.dirname(what), { recursive: true });
  writeFileSync(file, "");
  t.true(claims(what).includes(path.basename(file)));
  return file;
}

test("lock: a claim counts no longer when its number is nobody's or has come to another process", async (t) => {
  const what = path.join(await temporaryFolder(t), "run");
  claimOf(t, what, { started: "1" });
  claimOf(t, what, { pid: 2 ** 22 + 1 });
  const release = await lock(what, { onWait: () => t.fail() });
  t.is(claims(what).length, 1);
  release();
});

test("lock: a claim of another machine or container stands, and the file is named that its owner may have left", async (t) => {
  const what = path.join(await temporaryFolder(t), "run");
  for (const place of [
    { host: "else.where" },
    { space: "1" },
    // Another machine of this host name, which shares the folder.
    { machine: "ffffffff", system: "00000000" },
  ]) {
    const file = claimOf(t, what, place);
    const { host, pid } = { ...thisProcess(), ...place };
    const stop = new AbortController();
    let told = "";
    const onWait = (owner: string) => {
      told = owner;
      stop.abort(new Error("enough"));
    };
    await t.throwsAsync(lock(what, { signal: stop.signal, onWait }), { message: "enough" });
    t.is(told, `process ${pid} of ${host}, which cannot be seen from here; if it is gone, delete ${file}`);
    await rm(file);
  }
});

test("lock: other files beside it are no claims", async (t) => {
  const what = path.join(await temporaryFolder(t), "run");
  claimOf(t, `${what}2`, {});
  claimOf(t, path.join(path.dirname(what), "a.run"), {});
  writeFileSync(`${what}.json`, "");
  (await lock(what, { onWait: () => t.fail() }))();
  t.is(claims(what).length, 3);
});
