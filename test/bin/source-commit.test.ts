import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { sourceCommit } from "#bin/source-commit";
import { projectFolder } from "../../src/setup/project-folder.ts";

const identity = ["-c", "user.name=a", "-c", "user.email=a@b.c"];

/** Makes `folder` a repository with all of its files in one commit, whose name it returns. */
function commitAll(folder: string): string {
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", folder, ...identity, ...args], { encoding: "utf8" });
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--allow-empty", "--message", "first");
  return git("rev-parse", "HEAD").trim();
}

function newFolder(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), "h2t-kit commit "));
  t.teardown(() => rmSync(folder, { recursive: true }));
  return folder;
}

function newKit(folder: string): string {
  mkdirSync(join(folder, "src"), { recursive: true });
  writeFileSync(join(folder, "package.json"), "{}\n");
  writeFileSync(join(folder, "src/index.ts"), "export {};\n");
  return folder;
}

test("source commit: that of the kit's own repository, marked once src/ was edited", (t) => {
  const kit = newKit(newFolder(t));
  const commit = commitAll(kit);
  t.is(sourceCommit(kit), commit);
  writeFileSync(join(kit, "README.md"), "not a source\n");
  t.is(sourceCommit(`${kit}/`), commit);
  writeFileSync(join(kit, "src/index.ts"), "export const edited = 1;\n");
  t.is(sourceCommit(kit), `${commit}+changes`);
});

test("source commit: a new file in src/ counts, though the user's settings hide what is not tracked", (t) => {
  const kit = newKit(newFolder(t));
  const commit = commitAll(kit);
  execFileSync("git", ["-C", kit, "config", "status.showUntrackedFiles", "no"]);
  writeFileSync(join(kit, "src/new.ts"), "export {};\n");
  t.is(sourceCommit(kit), `${commit}+changes`);
});

test("source commit: none where the kit was unpacked inside another repository", (t) => {
  const folder = newFolder(t);
  writeFileSync(join(folder, "notes.txt"), "somebody's own work\n");
  commitAll(folder);
  const kit = newKit(join(folder, "h2t-kit"));
  t.is(sourceCommit(kit), null);
  // Also where that repository tracks the kit's files: its commits are not the kit's.
  commitAll(folder);
  t.is(sourceCommit(kit), null);
});

test("source commit: none where the repository at the kit's folder tracks something else", (t) => {
  const kit = newFolder(t);
  writeFileSync(join(kit, "notes.txt"), "somebody's own work\n");
  commitAll(kit);
  t.is(sourceCommit(newKit(kit)), null);
});

test("source commit: git's variables, as in its hooks, lead nowhere else", (t) => {
  const [kit, other, unpacked] = [newKit(newFolder(t)), newKit(newFolder(t)), newKit(newFolder(t))];
  const commit = commitAll(kit);
  writeFileSync(join(other, "src/index.ts"), "export const other = 1;\n");
  commitAll(other);
  cpSync(join(projectFolder, "bin"), join(other, "bin"), { recursive: true });
  writeFileSync(join(other, "bin/package.json"), '{ "type": "module" }\n');
  const module = join(other, "bin/source-commit.js");
  const ask = (folder: string) =>
    spawnSync(
      process.execPath,
      [
        ...["--input-type=module", "--eval"],
        `const { sourceCommit } = await import(${JSON.stringify(module)}); console.log(sourceCommit(${JSON.stringify(folder)}));`,
      ],
      {
        encoding: "utf8",
        env: {
          ...process.env,
          GIT_DIR: join(other, ".git"),
          GIT_WORK_TREE: other,
          GIT_INDEX_FILE: join(other, ".git/index"),
        },
      },
    ).stdout.trim();
  t.is(ask(kit), commit);
  t.is(ask(unpacked), "null");
});
