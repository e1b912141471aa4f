import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { projectFolder } from "../../src/setup/project-folder.ts";

/** A clone whose `src/` is one command that prints `text`. */
function tinyClone(t: ExecutionContext, text: string) {
  const clone = mkdtempSync(join(tmpdir(), "h2t-kit clone "));
  t.teardown(() => rmSync(clone, { recursive: true }));
  for (const name of ["bin", "package.json", "tsconfig.json", "tsconfig.build.json"])
    cpSync(join(projectFolder, name), join(clone, name), { recursive: true });
  mkdirSync(join(clone, "node_modules"));
  for (const name of ["typescript", "@types", "undici-types"])
    symlinkSync(join(projectFolder, "node_modules", name), join(clone, "node_modules", name));
  const source = join(clone, "src/cli/main.ts");
  mkdirSync(join(clone, "src/cli"), { recursive: true });
  const edit = (content: string) => writeFileSync(source, `process.stdout.write(${content});\n`);
  edit(JSON.stringify(text));
  const h2t = (env: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, [join(clone, "bin/h2t.js")], {
      env: { ...process.env, ...env },
      encoding: "utf8",
    });
  return { clone, source, edit, h2t };
}

test("h2t: compiles src/ where dist/ is missing or older, and only then", (t) => {
  const { source, edit, h2t } = tinyClone(t, "one");
  const compiles = /compiling/;
  const first = h2t();
  t.is(first.stdout, "one");
  t.regex(first.stderr, compiles);
  t.is(h2t().stderr, "");
  // As a checkout of equal content does.
  utimesSync(source, new Date(), new Date());
  t.is(h2t().stderr, "");
  edit('"two"');
  // As an archive does, which keeps the times of its files.
  utimesSync(source, new Date(0), new Date(0));
  const edited = h2t();
  t.is(edited.stdout, "two");
  t.regex(edited.stderr, compiles);
});

test("h2t: what does not compile is named, and dist/ stays as it was", (t) => {
  const { clone, edit, h2t } = tinyClone(t, "one");
  h2t();
  const before = readFileSync(join(clone, "dist/cli/main.js"), "utf8");
  edit("7 as string");
  const { status, stdout, stderr } = h2t();
  t.is(status, 1);
  t.is(stdout, "");
  t.true(stderr.includes("src/cli/main.ts(1,"), stderr);
  t.is(readFileSync(join(clone, "dist/cli/main.js"), "utf8"), before);
});

test("h2t: neither reads nor writes a folder for compiled TypeScript that others may fill", (t) => {
  const { clone, h2t } = tinyClone(t, "one");
  const temporary = join(clone, "tmp");
  mkdirSync(temporary);
  t.is(h2t({ TMPDIR: temporary }).stdout, "one");
  t.is(h2t({ TMPDIR: temporary }).stdout, "one");
  t.deepEqual(readdirSync(temporary), []);
});

test("package.json: no script runs tsx with its cache", (t) => {
  const { scripts } = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8"));
  const cached = Object.entries<string>(scripts).filter(
    ([, script]) => script.includes("tsx") && !script.includes("TSX_DISABLE_CACHE=1 node --import tsx "),
  );
  t.deepEqual(cached, []);
});
