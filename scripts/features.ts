import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { precisionGap } from "../src/analysis/precision-gap.ts";
import { loadDataset } from "../src/data/packs/load-dataset.ts";
import { type Profile, profiles } from "../src/experiments/experiment.ts";
import { findExperiment } from "../src/experiments/rows/experiments.ts";
import { frozenRowId } from "../src/experiments/studies/frozen.ts";
import { weightsOf } from "../src/runs/run-folders.ts";
import { runIdOf } from "../src/runs/run-plan.ts";
import { shipFeatures } from "../src/runs/ship-features.ts";
import { shipLabels } from "../src/runs/shipped-labels.ts";
import { paths } from "../src/workflow/paths.ts";

// `npm run features -- DATA`: stores what the frozen rows need in `results/`, for whoever maintains the kit.
const dataDir = path.resolve(process.argv[2] ?? paths.data);
const row = findExperiment("frozen/cifar10/100/dr");
const stageOne = findExperiment(row.from ?? "");
const onWait = (owner: string) => process.stderr.write(`Waiting for ${owner}.\n`);
const dataset = await loadDataset(row.dataset, dataDir, { onWait });
// Of the longest schedule that has been trained.
const weightsUnder = (one: Profile) => weightsOf(runIdOf(stageOne, 0, one, dataset.digest), paths);
const profile = profiles.toReversed().find((one) => weightsUnder(one) !== undefined);
const weights = profile && weightsUnder(profile);
if (!profile || !weights) throw new Error(`${stageOne.id} has no weights of seed 0`);
await shipFeatures(row, dataset, weights, paths.results, { onWait });
await shipLabels(row.dataset, dataDir, paths.results);
process.stdout.write(`Features of ${weights}, and labels, stored in ${paths.results}.\n`);

// What the rounding does to the numbers: a tenth of a point is what it may.
const runs = await mkdtemp(path.join(tmpdir(), "h2t-features-"));
try {
  for (const id of [row.id, frozenRowId("cifar10", 0.3)])
    for (const seed of [0, 1, 2]) {
      const options = { dataset, folders: { runs, results: paths.results }, profile, seed, fromSeed: 0 };
      const gap = await precisionGap(findExperiment(id), options);
      process.stdout.write(
        `${id}, seed ${seed}: at most ${gap.toFixed(2)} points from single precision in any epoch.\n`,
      );
    }
} finally {
  await rm(runs, { recursive: true, force: true });
}
