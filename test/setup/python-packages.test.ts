import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { UsageError } from "../../src/errors.ts";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { pinsFor, wantedBuild } from "../../src/setup/python-packages.ts";

const lock = readFileSync(join(projectFolder, "requirements.lock"), "utf8");
const requirements = readFileSync(join(projectFolder, "requirements.txt"), "utf8");
const isPin = (line: string) => line !== "" && !line.startsWith("#");

test("TensorFlow build: what is asked for, else what is installed, else cpu", (t) => {
  t.is(wantedBuild(undefined, undefined), "cpu");
  t.is(wantedBuild("", "cuda 0123"), "cuda");
  t.is(wantedBuild("cpu", "cuda 0123"), "cpu");
  t.is(wantedBuild("cuda", "cpu 0123"), "cuda");
});

test("TensorFlow build: another name is wrong usage", (t) => {
  t.throws(() => wantedBuild("gpu", undefined), {
    instanceOf: UsageError,
    message: 'H2T_TENSORFLOW is cpu or cuda, got "gpu"; leave it unset for cpu',
  });
});

test("pins: cuda differs from the lock in TensorFlow's line only", (t) => {
  t.is(pinsFor("cpu", lock), lock);
  const before = lock.split("\n");
  const changed = pinsFor("cuda", lock)
    .split("\n")
    .filter((line, i) => line !== before[i]);
  t.deepEqual(changed, ["tensorflow[and-cuda]==2.21.0"]);
});

test("requirements.lock: pins every line and holds what requirements.txt asks for", (t) => {
  const pinned = lock.split("\n").filter(isPin);
  for (const line of pinned) t.regex(line, /^[a-z0-9.-]+==[0-9][^ ]*( ; .+)?$/);
  const asked = requirements.split("\n").filter(isPin);
  t.deepEqual(
    asked.filter((line) => !pinned.includes(line)),
    [],
  );
  t.is(asked.length, 8);
});
