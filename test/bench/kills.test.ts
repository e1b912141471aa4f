import path from "node:path";
import test from "ava";
import type { KillMoment } from "../../bench/soak/kill-moment.ts";
import { differences, finish } from "../../bench/soak/kill-runs.ts";
import { runWatched } from "../../bench/soak/run-watched.ts";
import { temporaryFolder } from "../support/class-folders.ts";

/** One in each kind of work, in the order in which a run comes to them; and what is asked of the file system last. */
const moments: readonly (readonly [KillMoment, RegExp])[] = [
  [{ work: "data packing", operation: 8, when: "half" }, /^write data\/.+\/train-images\.bin$/],
  // The first epoch has not been traced by then.
  [{ work: "an epoch", operation: 3, when: { milliseconds: 50 } }, /^\w+ runs\//],
  [{ work: "a checkpoint write", operation: 1, when: "half" }, /^write .+\/checkpoint\.safetensors\..+/],
  // What the one before left of it is removed first.
  [{ work: "a checkpoint write", operation: 4, when: "after" }, /^rename .+\/checkpoint\.safetensors$/],
  [{ work: "a record write", operation: 1, when: "half" }, /^write .+\/record\.json\..+/],
  [{ work: "a record write", operation: 8, when: "after" }, /^rename .+\/weights\.safetensors$/],
  [{ work: "a feature-bank write", operation: 7, when: "half" }, /^\w+ .+\/feature-banks\/.+/],
  [{ work: "a record write", operation: 5, when: "before" }, /^write .+\/weights\.safetensors\..+/],
];

test("h2t run: killed in the middle of whatever it does, again and again, it ends as if nothing had happened", async (t) => {
  t.timeout(300_000);
  const folder = await temporaryFolder(t);
  const [whole, killed] = [path.join(folder, "whole"), path.join(folder, "killed")];
  await finish(whole);
  for (const [moment, last] of moments) {
    const { signal, operations, stderr } = await runWatched(killed, moment);
    t.is(signal, "SIGKILL", `${JSON.stringify(moment)}: ${stderr}`);
    t.regex(operations.at(-1) ?? "", last, JSON.stringify(moment));
  }
  await finish(killed);
  t.deepEqual(differences(whole, killed), []);
});
