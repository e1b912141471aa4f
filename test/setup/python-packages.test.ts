import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { UsageError } from "../../src/errors.ts";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { lockFile, wantedBuild } from "../../src/setup/python-packages.ts";

const read = (file: string) => readFileSync(join(projectFolder, file), "utf8");

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

/** The packages of a lock file as `name==version ; condition`, without their hashes. */
const pinsOf = (text: string) =>
  text
    .split("\n")
    .filter((line) => line !== "" && !/^(#| )/.test(line))
    .map((line) => line.replace(/ \\$/, ""));

for (const build of ["cpu", "cuda"] as const) {
  test(`${lockFile(build)}: pins every package, each with the SHA-256 of its files`, (t) => {
    const entries = read(lockFile(build))
      .replaceAll(/^#.*\n/gm, "")
      .trim()
      .split(/\n(?! )/);
    for (const entry of entries)
      t.regex(entry, /^[a-z0-9.-]+==[0-9][^ ]*( ; [^\\]+)?( \\\n {4}--hash=sha256:[0-9a-f]{64})+$/);
    t.true(entries.length > 100);
  });
}

test("requirements.lock: holds what requirements.txt asks for", (t) => {
  const pinned = pinsOf(read("requirements.lock"));
  const asked = read("requirements.txt")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  t.deepEqual(
    asked.filter((line) => !pinned.includes(line)),
    [],
  );
  t.is(asked.length, 9);
});

test("requirements.cuda.lock: differs in TensorFlow and the CUDA libraries that it brings", (t) => {
  const [cpu, cuda] = [pinsOf(read(lockFile("cpu"))), pinsOf(read(lockFile("cuda")))];
  t.deepEqual(
    cpu.filter((pin) => !cuda.includes(pin)),
    ["tensorflow-cpu==2.21.0"],
  );
  const added = cuda.filter((pin) => !cpu.includes(pin));
  t.deepEqual(
    added.filter((pin) => !pin.startsWith("nvidia-")),
    ["tensorflow==2.21.0"],
  );
  t.true(added.length > 10);
});
