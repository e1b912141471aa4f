import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { type ExecutionContext } from "ava";
import { differences, finish } from "../../bench/soak/kill-runs.ts";
import { resultsIn } from "../../bench/soak/run-results.ts";
import { row, runWatched } from "../../bench/soak/run-watched.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { runIdOf } from "../../src/runs/run-plan.ts";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { mayMountDisk, onSmallDisk } from "../support/small-disk.ts";

const mayMount = mayMountDisk();

/** Command for a shell with the folders as variables. */
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
/** Requires an error in one line that names the file, the system's code, and a fix. */
function refuses(t: ExecutionContext, line: string | undefined, file: string, code: string): void {
  t.true(line?.startsWith("h2t: "), line);
  t.true(line?.includes(`${file}: `), line);
  t.true(line?.includes(`(${code}); `), line);
}

test.serial(
  "a limit on file sizes: the error names file, reason and fix, and the run can resume from the last checkpoint",
  async (t) => {
    const runs = path.join(await temporaryFolder(t), "runs");
    cpSync(begunRuns(), runs, { recursive: true });
    const shell = (script: string) =>
      spawnSync("sh", ["-c", script], {
        cwd: projectFolder,
        env: { ...process.env, data: path.join(begun, "data"), runs },
        encoding: "utf8",
      });
    // The unit is 512 bytes; the largest file is TensorFlow's graph.
    const { status, stderr } = shell(`ulimit -f 256 && ${h2tRun}`);
    t.is(status, 1, stderr);
    t.regex(lastLine(stderr) ?? "", /^h2t: .+\/h2t-graph\..+\.unfinished: .+ \(EFBIG\); .*ulimit -f/);
    t.deepEqual(Object.keys(resultsIn(runs)), Object.keys(resultsIn(begunRuns())));
    t.true(content(runs).equals(content(begunRuns())));
    const end = shell(h2tRun);
    t.is(end.status, 0, end.stderr);
    t.regex(end.stderr, / after epoch 1\b/);
    t.deepEqual(differences(wholeRuns(), runs), []);
  },
);

/** Steps to run while the disk is mounted; `$out` keeps the results. */
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

/** A folder where no user can create files. */
const closed = "/sys";

test.serial(
  "a folder that is not writable: the error names folder, reason and fix before training starts",
  (t) => {
    if (!mayMount)
      t.log("This system does not permit mounting, so a full and a read-only disk are not tested.");
    const args = ["--import", "tsx", "src/cli/main.ts", "run", row, "--profile", "trial"];
    const { status, stderr } = spawnSync(
      process.execPath,
      [...args, "--data", path.join(begun, "data"), "--runs", `${closed}/h2t-runs`],
      { cwd: projectFolder, encoding: "utf8" },
    );
    t.is(status, 1, stderr);
    t.regex(stderr, /^h2t: .*\/sys\/h2t-runs.*: .+ \((EPERM|EACCES|EROFS)\); .+\n$/);
  },
);

// Some containers do not permit mounting; the tests above run there as well.
const onADisk = mayMount ? test.serial : () => {};
onADisk(
  "a full and a read-only disk: the error names file, reason and fix, and the run can resume from the last checkpoint",
  async (t) => {
    const parent = await temporaryFolder(t);
    const [disk, out] = [path.join(parent, "disk"), path.join(parent, "out")];
    for (const each of [disk, out]) mkdirSync(each);
    const runs = path.join(disk, "runs");
    onSmallDisk(script, disk, 4, { out, begun, runs, data: path.join(begun, "data") });
    const outcome = (name: string) => {
      const text = (ending: string) => readFileSync(path.join(out, `${name}.${ending}`), "utf8");
      return [text("status").trim(), lastLine(text("txt"))];
    };
    const log = path.join(path.dirname(checkpoint), "log.jsonl");
    for (const [name, file] of [
      ["full", log],
      ["nearly-full", checkpoint],
    ] as const) {
      const [status, line] = outcome(name);
      t.is(status, "1");
      refuses(t, line, path.join(runs, file), "ENOSPC");
    }
    const [status, line = ""] = outcome("read-only");
    t.is(status, "1");
    t.true(line.includes(` ${runs}/`), line);
    t.true(line.includes("(EROFS); "), line);

    const left = path.join(out, "left");
    t.deepEqual(Object.keys(resultsIn(left)), Object.keys(resultsIn(begunRuns())));
    t.true(content(left).equals(content(begunRuns())));
    t.deepEqual(outcome("free")[0], "0");
    t.deepEqual(differences(wholeRuns(), path.join(out, "ended")), []);
  },
);
