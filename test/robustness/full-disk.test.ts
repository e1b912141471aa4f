import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "ava";
import { differences, finish } from "../../bench/soak/kill-runs.ts";
import { resultsIn } from "../../bench/soak/run-results.ts";
import { row, runWatched } from "../../bench/soak/run-watched.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { runIdOf } from "../../src/runs/run-plan.ts";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { mayMountDisk, onSmallDisk } from "../support/small-disk.ts";

const mayMount = mayMountDisk();

/** In a shell that knows the folders. */
const h2tRun = `"${process.execPath}" --import tsx src/cli/main.ts run ${row} --profile trial --data "$data" --runs "$runs"`;

let folder = "";
let begun = "";
let checkpoint = "";

/** An uninterrupted run, and one that was killed after its first checkpoint. */
test.before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "h2t-test-"));
  begun = path.join(folder, "begun");
  await finish(path.join(folder, "whole"));
  await runWatched(begun, { work: "a checkpoint write", operation: 3, when: "after" });
  const { from = "" } = findExperiment(row);
  const { digest } = JSON.parse(readFileSync(path.join(begun, "data/glyphs-10/manifest.json"), "utf8"));
  checkpoint = `${runIdOf(findExperiment(from), 0, "trial", digest)}/checkpoint.safetensors`;
});
test.after.always(() => rm(folder, { recursive: true, force: true }));

const wholeRuns = () => path.join(folder, "whole", "runs");
const begunRuns = () => path.join(begun, "runs");
const content = (runs: string) => readFileSync(path.join(runs, checkpoint));
const lastLine = (text: string) => text.trimEnd().split("\n").at(-1);
const refusal = (call: string, file: string, rest: string) =>
  `h2t: h2t must be able to ${call} ${file}, got ${rest}`;

test.serial(
  "a file that may not grow: named with reason and remedy; the last checkpoint stays, and the run goes on from it",
  async (t) => {
    const runs = path.join(await temporaryFolder(t), "runs");
    cpSync(begunRuns(), runs, { recursive: true });
    const shell = (script: string) =>
      spawnSync("sh", ["-c", script], {
        cwd: projectFolder,
        env: { ...process.env, data: path.join(begun, "data"), runs },
        encoding: "utf8",
      });
    // In blocks of 512 bytes; the largest file is the graph that TensorFlow is given.
    const { status, stderr } = shell(`ulimit -f 256 && ${h2tRun}`);
    t.is(status, 1, stderr);
    t.regex(
      lastLine(stderr) ?? "",
      /^h2t: h2t must be able to write .+\/h2t-graph\..+\.unfinished, got more than the limit on the size of files \(EFBIG\); raise it \(ulimit -f\) and type the same command again$/,
    );
    t.deepEqual(Object.keys(resultsIn(runs)), Object.keys(resultsIn(begunRuns())));
    t.true(content(runs).equals(content(begunRuns())));
    const end = shell(h2tRun);
    t.is(end.status, 0, end.stderr);
    t.regex(end.stderr, /goes on after epoch 1 of 2\n/);
    t.deepEqual(differences(wholeRuns(), runs), []);
  },
);

/** Everything that has to happen while the disk is there; `$out` keeps what is seen. */
const script = `
cp -r "$begun/runs" "$runs"
try() { ${h2tRun} 2> "$out/$1.txt" && status=0 || status=$?; echo "$status" > "$out/$1.status"; }
cat /dev/zero > "$disk/ballast" 2> /dev/null || true
try full
truncate --size=-131072 "$disk/ballast"
try nearly-full
mount -o remount,ro "$disk"
try read-only
mount -o remount,rw "$disk"
cp -r "$runs" "$out/left"
rm "$disk/ballast"
try free
cp -r "$runs" "$out/ended"
`;

/** A folder that takes no file from anybody, whoever it is. */
const closed = "/sys";

test.serial(
  "a folder that takes no file: it is named with reason and remedy before anything is trained",
  (t) => {
    if (!mayMount) t.log("Nobody may mount a disk here: a full and a read-only one are not tried.");
    const args = ["--import", "tsx", "src/cli/main.ts", "run", row, "--profile", "trial"];
    const { status, stderr } = spawnSync(
      process.execPath,
      [...args, "--data", path.join(begun, "data"), "--runs", `${closed}/h2t-runs`],
      { cwd: projectFolder, encoding: "utf8" },
    );
    t.is(status, 1, stderr);
    t.regex(
      stderr,
      /^h2t: h2t must be able to mkdir \/sys\/h2t-runs.*, got .+ \((EPERM|EACCES|EROFS)\); .*name another place\n$/,
    );
  },
);

// Some containers let nobody mount a disk; what the tests above hold is held there, too.
const onADisk = mayMount ? test.serial : () => {};
onADisk(
  "a full disk and a read-only one: the file is named with reason and remedy; the last checkpoint stays, and the run goes on from it",
  async (t) => {
    const own = await temporaryFolder(t);
    const [disk, out] = [path.join(own, "disk"), path.join(own, "out")];
    for (const each of [disk, out]) mkdirSync(each);
    const runs = path.join(disk, "runs");
    onSmallDisk(script, disk, 4, { out, begun, runs, data: path.join(begun, "data") });
    const said = (name: string) => {
      const text = (ending: string) => readFileSync(path.join(out, `${name}.${ending}`), "utf8");
      return [text("status").trim(), lastLine(text("txt"))];
    };
    const full = "no space left on the disk (ENOSPC); free some and type the same command again";
    const log = path.join(path.dirname(checkpoint), "log.jsonl");
    t.deepEqual(said("full"), ["1", refusal("write", path.join(runs, log), full)]);
    t.deepEqual(said("nearly-full"), ["1", refusal("write", path.join(runs, checkpoint), full)]);
    const [status, refused = ""] = said("read-only");
    t.is(status, "1");
    t.true(refused.startsWith(`h2t: h2t must be able to open ${runs}/`), refused);
    t.true(refused.endsWith(", got a read-only file system (EROFS); name another place"), refused);

    const left = path.join(out, "left");
    t.deepEqual(Object.keys(resultsIn(left)), Object.keys(resultsIn(begunRuns())));
    t.true(content(left).equals(content(begunRuns())));
    t.deepEqual(said("free")[0], "0");
    t.deepEqual(differences(wholeRuns(), path.join(out, "ended")), []);
  },
);
