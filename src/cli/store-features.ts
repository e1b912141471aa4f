import path from "node:path";
import { loadDataset } from "../images/load-dataset.ts";
import { profiles } from "../paper/experiment.ts";
import { findExperiment } from "../paper/rows/experiments.ts";
import { weightsOf } from "../paper/run-folders.ts";
import { runIdOf } from "../paper/run-id.ts";
import { shipFeatures } from "../paper/ship-features.ts";
import { shipLabels } from "../paper/shipped-labels.ts";
import { paths } from "./paths.ts";

// `npm run features -- DATA`: stores what the frozen rows need in `results/`, for whoever maintains the kit.
const dataDir = path.resolve(process.argv[2] ?? paths.data);
const row = findExperiment("frozen/cifar10/100/dr");
const stageOne = findExperiment(row.from ?? "");
const dataset = await loadDataset(row.dataset, dataDir);
// Of the longest schedule that has been trained.
const weights = profiles
  .toReversed()
  .map((profile) => weightsOf(runIdOf(stageOne, 0, profile, dataset.digest), paths))
  .find((file) => file !== undefined);
if (weights === undefined) throw new Error(`${stageOne.id} has no weights of seed 0`);
await shipFeatures(row, dataset, weights, paths.results);
await shipLabels(row.dataset, dataDir, paths.results);
process.stdout.write(`Features of ${weights}, and labels, stored in ${paths.results}.\n`);
