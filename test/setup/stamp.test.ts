import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { digestFiles, digestOf, isStamped, readStamp, writeStamp } from "../../src/setup/stamp.ts";

/** A folder with a space in its name and the files a.ts, deep/b.ts; removed after the test. */
function twoFiles(t: { teardown(done: () => void): void }): string {
  const parent = mkdtempSync(join(tmpdir(), "h2t-kit stamp "));
  t.teardown(() => rmSync(parent, { recursive: true }));
  const folder = join(parent, "here");
  mkdirSync(join(folder, "deep"), { recursive: true });
  writeFileSync(join(folder, "a.ts"), "one");
  writeFileSync(join(folder, "deep/b.ts"), "two");
  return folder;
}

test("digest: is SHA-256 over lengths and texts, so borders count", (t) => {
  // printf '2:ab1:c' | sha256sum
  t.is(digestOf("ab", "c"), "430fb1b4ac43316eca81fab27a1930ab8eff8fef6a1dc7903dce44bbc2790dc5");
  t.not(digestOf("ab", "c"), digestOf("a", "bc"));
});

test("digest: a moved folder and new times keep it", (t) => {
  const folder = twoFiles(t);
  const before = digestFiles(folder, ["a.ts", "deep"]);
  const moved = join(folder, "../elsewhere");
  cpSync(folder, moved, { recursive: true });
  utimesSync(join(moved, "a.ts"), 0, 0);
  t.is(digestFiles(moved, ["deep", "a.ts"]), before);
});

test("digest: a changed, renamed, added or removed file changes it", (t) => {
  const folder = twoFiles(t);
  const seen = new Set([digestFiles(folder, ["a.ts", "deep"])]);
  writeFileSync(join(folder, "deep/b.ts"), "too");
  seen.add(digestFiles(folder, ["a.ts", "deep"]));
  writeFileSync(join(folder, "deep/c.ts"), "");
  seen.add(digestFiles(folder, ["a.ts", "deep"]));
  rmSync(join(folder, "deep/b.ts"));
  seen.add(digestFiles(folder, ["a.ts", "deep"]));
  cpSync(join(folder, "deep/c.ts"), join(folder, "deep/d.ts"));
  rmSync(join(folder, "deep/c.ts"));
  seen.add(digestFiles(folder, ["a.ts", "deep"]));
  t.is(seen.size, 5);
});

test("stamp: a missing or different one is not the digest's", (t) => {
  const file = join(twoFiles(t), "out/stamp");
  t.is(readStamp(file), undefined);
  t.false(isStamped(file, "abc"));
  writeStamp(file, "abc");
  t.true(isStamped(file, "abc"));
  t.false(isStamped(file, "abd"));
});
