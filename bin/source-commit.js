import { execFileSync } from "node:child_process";
import { realpathSync } from "node:fs";

// JavaScript, since it must run before anything is compiled; `source-commit.d.ts` has the types.

/** GIT_DIR and its kin would lead git to another repository than the one that holds the kit. */
const withoutGitVariables = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));

const gitIn = (kit) => {
  const env = withoutGitVariables();
  return (...args) =>
    execFileSync("git", ["-C", kit, ...args], { encoding: "utf8", env, stdio: ["ignore", "pipe", "ignore"] });
};

export function sourceCommit(kit) {
  const git = gitIn(kit);
  try {
    const top = git("rev-parse", "--show-toplevel").replace(/\n$/, "");
    if (realpathSync(top) !== realpathSync(kit)) return null;
    // Fails where the repository tracks something else than the kit.
    git("ls-files", "--error-unmatch", "--", "package.json", "src");
    const commit = git("rev-parse", "HEAD").trim();
    // Also where the user's settings hide files that git does not track.
    const changes = git("status", "--porcelain", "--untracked-files=all", "--", "src");
    return changes === "" ? commit : `${commit}+changes`;
  } catch {
    return null;
  }
}
