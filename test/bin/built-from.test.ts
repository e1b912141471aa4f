import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { builtFrom, isDistFresh, notes, sourceDigest } from "#bin/dist";
import { projectFolder } from "../../src/setup/project-folder.ts";

test("dist: describes the sources that it was built from, whatever became of them", (t) => {
  const kit = mkdtempSync(join(tmpdir(), "h2t-kit built "));
  t.teardown(() => rmSync(kit, { recursive: true }));
  mkdirSync(join(kit, "src"));
  mkdirSync(join(kit, "dist"));
  for (const name of ["tsconfig.json", "tsconfig.build.json"])
    cpSync(join(projectFolder, name), join(kit, name));
  writeFileSync(join(kit, "src/index.ts"), "export {};\n");
  const note = (name: keyof typeof notes, text: string) =>
    writeFileSync(join(kit, "dist", notes[name]), `${text}\n`);

  t.is(builtFrom(kit), undefined);
  const digest = sourceDigest(kit);
  note("digest", digest);
  t.deepEqual(builtFrom(kit), { digest, commit: null });
  note("commit", "");
  t.deepEqual(builtFrom(kit), { digest, commit: null });
  note("commit", "8ae7134+changes");
  t.true(isDistFresh(kit));
  mkdirSync(join(kit, "src/__pycache__"));
  writeFileSync(join(kit, "src/__pycache__/a.pyc"), "Python's cache is no source");
  t.true(isDistFresh(kit));
  writeFileSync(join(kit, "src/index.ts"), "export const edited = 1;\n");
  t.deepEqual(builtFrom(kit), { digest, commit: "8ae7134+changes" });
  t.false(isDistFresh(kit));
});
