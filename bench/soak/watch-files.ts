import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { recipes } from "../../src/data/packs/recipes.ts";
import { type Watch, watchVariable, works } from "./kill-moment.ts";

// Loaded before `h2t` in a process of its own: counts what it asks of the file system and ends it by SIGKILL where it is told to, which
// no other process could hit so well. `h2t` itself knows nothing of it. Its generated images are few, so that a run takes seconds.

const glyphs = recipes.find(({ name }) => name === "glyphs-10");
Object.assign(glyphs ?? {}, { trainPerClass: 101, testPerClass: 2 });

const watch = JSON.parse(process.env[watchVariable] ?? "{}") as Watch;
const { appendFileSync, writeSync } = fs;
let count = 0;

const signal = watch.kill?.signal ?? "SIGKILL";

function die(): void {
  process.kill(process.pid, signal);
  // The signal may take a moment; nothing more may happen.
  if (signal === "SIGKILL") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** From another thread, since training lets no timer have its turn in the middle of a batch. */
function dieIn(milliseconds: number): void {
  const text = `setTimeout(() => process.kill(process.pid, "${signal}"), ${milliseconds})`;
  new Worker(text, { eval: true }).unref();
}

/** Whether this is the operation to die at. */
function isLast(line: string): boolean {
  const { kill } = watch;
  return kill !== undefined && works[kill.work].test(line) && count++ === kill.operation;
}

/** Does an operation, or kills the process before, in or after it. `half` does half of it. */
function watched<Result>(name: string, file: unknown, whole: () => Result, half?: () => unknown): Result {
  if (typeof file !== "string" || !path.resolve(file).startsWith(watch.folder + path.sep)) return whole();
  const line = `${name} ${path.relative(watch.folder, file)}`;
  appendFileSync(watch.list, `${line}\n`);
  if (!isLast(line)) return whole();
  const when = watch.kill?.when;
  if (when === "before") die();
  if (when === "half" && half !== undefined) {
    const done = half();
    if (!(done instanceof Promise)) die();
    return done as Result;
  }
  const then = () => (typeof when === "object" ? dieIn(when.milliseconds) : die());
  const result = whole();
  if (result instanceof Promise) return result.finally(then) as Result;
  then();
  return result;
}

type Call = (...given: unknown[]) => unknown;

/** Puts a watching function in the place of one of a module's. */
function replace(module: object, name: string, by: (original: Call) => Call): void {
  const original = Reflect.get(module, name) as Call;
  Reflect.set(module, name, by(original.bind(module)));
}

for (const [module, suffix] of [
  [fs, "Sync"],
  [fs.promises, ""],
] as const) {
  for (const name of ["rename", "rm", "mkdir", "appendFile"]) {
    // Of a rename the new name tells what it is about.
    const subject = name === "rename" ? 1 : 0;
    replace(
      module,
      `${name}${suffix}`,
      (original) =>
        (...given) =>
          watched(name, given[subject], () => original(...given)),
    );
  }
}

const names = new Map<number, string>();
replace(
  fs,
  "openSync",
  (original) =>
    (...given) =>
      watched("open", given[0], () => {
        const descriptor = original(...given) as number;
        names.set(descriptor, String(given[0]));
        return descriptor;
      }),
);
replace(fs, "closeSync", (original) => (...given) => {
  names.delete(given[0] as number);
  return original(...given);
});
replace(
  fs,
  "fsyncSync",
  (original) =>
    (...given) =>
      watched("sync", names.get(given[0] as number), () => original(...given)),
);
replace(fs, "writeSync", (original) => (...given) => {
  const [descriptor, bytes, offset, length, place] = given as [number, Uint8Array, number, number, number];
  const half = () => writeSync(descriptor, bytes, offset, length >> 1, place);
  return watched("write", names.get(descriptor), () => original(...given), half);
});
replace(
  fs.promises,
  "open",
  (original) =>
    (...given) =>
      watched("open", given[0], async () => {
        const handle = (await original(...given)) as fs.promises.FileHandle;
        replace(handle, "writeFile", (write) => (content) => {
          const bytes = Buffer.from(content as string);
          const half = () => handle.write(bytes.subarray(0, bytes.length >> 1)).then(die);
          return watched("write", given[0], () => write(content), half);
        });
        replace(handle, "sync", (sync) => () => watched("sync", given[0], () => sync()));
        return handle;
      }),
);
syncBuiltinESMExports();
