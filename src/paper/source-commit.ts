import { execFileSync } from "node:child_process";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const projectFolder = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** The commit of the source, with `+changes` when it was edited since; null outside a repository. */
export function sourceCommit(): string | null {
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", projectFolder, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  try {
    const commit = git("rev-parse", "HEAD").trim();
    return git("status", "--porcelain", "--", "src").trim() === "" ? commit : `${commit}+changes`;
  } catch {
    return null;
  }
}
