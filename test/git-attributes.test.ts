import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { projectFolder } from "../src/setup/project-folder.ts";

test(".gitattributes: a checkout with core.autocrlf=true has the bytes that were committed", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "h2t-kit-eol-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const [origin, clone] = [join(folder, "origin"), join(folder, "clone")];
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], {
      encoding: "utf8",
      stdio: "pipe",
    });
  git("init", "--quiet", origin);
  const record =
    readdirSync(join(projectFolder, "results")).find((name) => /^[0-9a-f]{16}\.json$/.test(name)) ?? "";
  const names = [".gitattributes", "reproduce.sh", "package.json", record];
  for (const name of names)
    cpSync(join(projectFolder, name === record ? `results/${name}` : name), join(origin, name));
  writeFileSync(join(origin, "crlf.txt"), "one\r\ntwo\r\n");
  git("-C", origin, "add", "--all");
  git("-C", origin, "commit", "--quiet", "--message", "first");
  git("clone", "--quiet", "--config", "core.autocrlf=true", origin, clone);
  for (const name of [...names, "crlf.txt"])
    t.true(readFileSync(join(clone, name)).equals(readFileSync(join(origin, name))), name);
  t.is(git("-C", clone, "status", "--porcelain"), "");
});
