import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { notes, sourceDigest, sourceGlance } from "./dist.js";
import { sourceCommit } from "./source-commit.js";

// JavaScript, since it must run before anything is compiled; `build-dist.d.ts` has the types.

const isRunning = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
};

/** Removes what builds that were killed have left behind. */
function removeAbandoned(cache) {
  for (const name of readdirSync(cache)) {
    const pid = /^dist-(\d+)/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid)))
      rmSync(join(cache, name), { recursive: true, force: true });
  }
}

/** What to do again after another process has put its own build in place meanwhile. */
const wasOvertaken = ({ code }) => code === "ENOTEMPTY" || code === "EEXIST";

function replaceDist(kit, built) {
  const former = `${built}-former`;
  const dist = join(kit, "dist");
  try {
    if (existsSync(dist)) renameSync(dist, former);
    renameSync(built, dist);
  } catch (error) {
    if (!wasOvertaken(error)) throw error;
    rmSync(former, { recursive: true, force: true });
    return replaceDist(kit, built);
  }
  rmSync(former, { recursive: true, force: true });
}

/** The compiler's first complaint, such as `src/random.ts(3,1): error TS2304: …`. */
const complaintOf = (output) => output.split("\n").find((line) => line.trim() !== "");

function compile(kit, outDir) {
  // Not node_modules/.bin/tsc: that is the older compiler of tslab.
  const args = ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json", "--outDir", outDir];
  const { status, signal, error, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: kit,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status === 0) return;
  const how = complaintOf(`${stdout ?? ""}${stderr ?? ""}`) ?? error?.message ?? signal ?? `status ${status}`;
  throw Object.assign(new Error(`src/ does not compile (${how})`), { code: "DIST_NOT_BUILT" });
}

export function buildDist(kit) {
  const cache = join(kit, "node_modules/.cache/h2t-kit");
  mkdirSync(cache, { recursive: true });
  removeAbandoned(cache);
  const built = join(cache, `dist-${process.pid}`);
  rmSync(built, { recursive: true, force: true });
  // Noted before they are compiled: what is edited meanwhile is newer than the build.
  const [glance, digest, commit] = [sourceGlance(kit), sourceDigest(kit), sourceCommit(kit) ?? ""];
  try {
    compile(kit, built);
    writeFileSync(join(built, notes.glance), `${glance}\n`);
    writeFileSync(join(built, notes.commit), `${commit}\n`);
    writeFileSync(join(built, notes.digest), `${digest}\n`);
    replaceDist(kit, built);
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
}
