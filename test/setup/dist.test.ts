import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { isDistFresh } from "../../src/setup/dist.ts";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { digestFiles, writeStamp } from "../../src/setup/stamp.ts";

test("dist: fresh until a source, or how it is compiled, changes", (t) => {
  const copy = mkdtempSync(join(tmpdir(), "h2t-kit dist "));
  t.teardown(() => rmSync(copy, { recursive: true }));
  const inputs = ["src", "tsconfig.json", "tsconfig.build.json"];
  for (const input of inputs) cpSync(join(projectFolder, input), join(copy, input), { recursive: true });
  const restamp = () => writeStamp(join(copy, "dist/.h2t-kit-stamp"), digestFiles(copy, inputs));

  t.false(isDistFresh(copy));
  restamp();
  t.true(isDistFresh(copy));
  writeFileSync(join(copy, "src/new.ts"), "export const added = 1;\n");
  t.false(isDistFresh(copy));
  restamp();
  writeFileSync(join(copy, "tsconfig.json"), "{}");
  t.false(isDistFresh(copy));
});

test("dist: imports JavaScript only, also where it imports late", (t) => {
  const dist = join(projectFolder, "dist");
  const emitted = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".js"),
  );
  const late = /import\("\.[^"]*\.ts"\)/;
  t.deepEqual(
    emitted.filter((file) => late.test(readFileSync(join(dist, file), "utf8"))),
    [],
  );
});
