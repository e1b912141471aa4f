import test from "ava";
import { idleJobs } from "../../src/workflow/train-chains.ts";

test("--jobs: what has no effect is said, with the number of chains", (t) => {
  t.regex(idleJobs(2, 1) ?? "", /^--jobs 2 .* 1 chain, .*\n$/);
  t.regex(idleJobs(9, 4) ?? "", /^--jobs 9 .* 4 chains\.\n$/);
});

test("--jobs: nothing is said where it has its effect, was not asked for, or nothing is left to train", (t) => {
  t.deepEqual(
    [idleJobs(1, 1), idleJobs(4, 4), idleJobs(2, 9), idleJobs(undefined, 1), idleJobs(3, 0)],
    [undefined, undefined, undefined, undefined, undefined],
  );
});
