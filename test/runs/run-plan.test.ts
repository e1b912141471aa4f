import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import test from "ava";
import type { Profile } from "../../src/experiments/experiment.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { planRun, runIdOf, withParents } from "../../src/runs/run-plan.ts";

const id = (row: string, seed = 0, profile: "demo" | "short" | "paper" = "paper", digest = "d") =>
  runIdOf(findExperiment(row), seed, profile, digest);

test("runIdOf: 16 hexadecimal digits of SHA-256 over the written-out key", (t) => {
  const key =
    '{"configuration":{"dataset":"cifar100","from":null,"imbalanceRatio":100,' +
    '"model":{"backbone":"resnet32","classifier":{"kind":"linear"}},' +
    '"stage":{"batchSize":128,"epochs":200,"kind":"representation","loss":{"kind":"crossEntropy"},' +
    '"mixing":{"alpha":1,"kind":"mixup"},"optimiser":{"learningRate":0.1,"momentum":0.9,"nesterov":false,"weightDecay":0.0002},' +
    '"sampler":"instance","schedule":{"decayAfter":[160,180],"factor":0.1,"kind":"multistep","warmupEpochs":5}}},' +
    '"dataDigest":"d","profile":"paper","seed":0}';
  t.is(id("table-5/ce"), createHash("sha256").update(key).digest("hex").slice(0, 16));
});

/** Ids of commit c166741, by row and profile, for seed 1 of stage II and seed 0 of stage I on images of digest 000…. */
const released: Record<string, string> = JSON.parse(
  readFileSync(new URL("../golden/run-ids.json", import.meta.url), "utf8"),
);

test("runIdOf: ids do not change from one version of the kit to the next", (t) => {
  for (const [name, runId] of Object.entries(released)) {
    const [row = "", profile] = name.split(" ");
    t.is(runIdOf(findExperiment(row), 1, profile as Profile, "0".repeat(64), 0), runId, name);
  }
});

test("runIdOf: rows that say the same share a run", (t) => {
  t.is(id("table-5/ce"), id("table-1/cifar100/100/ce"));
  t.is(id("table-5/dr"), id("table-1/cifar100/100/dr-mu"));
  t.is(id("table-5/bs-is"), id("table-1/cifar100/100/dr-h2t"));
});

test("runIdOf: the five rows of Table 5 are five runs", (t) => {
  t.is(new Set(["ce", "dr", "bs-rs", "bs-bs", "bs-is"].map((row) => id(`table-5/${row}`))).size, 5);
});

test("runIdOf: seed, profile, data and stand-in each make another run", (t) => {
  const ids = [
    id("table-5/dr"),
    id("table-5/dr", 1),
    id("table-5/dr", 0, "short"),
    id("table-5/dr", 0, "demo"),
    id("table-5/dr", 0, "paper", "e"),
    id("table-5/dr@glyphs-100"),
  ];
  t.is(new Set(ids).size, ids.length);
});

test("planRun: a row starts from the run of its stage-I seed, profile and data", (t) => {
  const row = findExperiment("table-5/bs-is@glyphs-10");
  const plan = planRun(row, { seed: 3, fromSeed: 1, profile: "demo", dataDigest: "x" });
  const stageOne = runIdOf(findExperiment("table-5/ce@glyphs-10"), 1, "demo", "x");
  t.is(plan.configuration.from, stageOne);
  t.deepEqual(
    withParents(plan).map(({ runId, seed }) => [runId, seed]),
    [
      [stageOne, 1],
      [plan.runId, 3],
    ],
  );
});

test("planRun: the profile is applied", (t) => {
  const { stage, configuration } = planRun(findExperiment("table-5/ce"), {
    seed: 0,
    profile: "short",
    dataDigest: "x",
  });
  t.is(stage.epochs, 40);
  t.deepEqual(stage.schedule, { kind: "multistep", warmupEpochs: 1, decayAfter: [32, 36], factor: 0.1 });
  t.deepEqual(configuration.stage, stage);
});
