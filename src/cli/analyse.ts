import { Command, Option } from "commander";
import { type Profile, profiles } from "../paper/experiment.ts";
import { folder, oneOf, seed, seeds } from "./option-values.ts";
import type { Output } from "./output.ts";
import { paths } from "./paths.ts";
import { plannedRuns } from "./training-order.ts";

const examples = `
Examples:
  h2t analyse table-5                           those of Table 5's rows that are trained; seconds each
  h2t analyse table-1/cifar10/100/dr-h2t --profile short
  h2t analyse figure-5 --seeds 0,1              Figure 5's eleven fusion ratios, for two seeds
  h2t analyse table-5/bs-is --fresh             measures it anew

It measures with a run's weights after the last epoch what figures show and records do not hold: which labels the test images
receive, their confidence in 15 bins, and training images in two dimensions (t-SNE of class-balanced draws, fused as the row
fuses them); of stage II with a linear classifier also the two forces of the paper's section 3.4. All of it goes to
RUNS/RUN/analysis.json, from which figures are drawn without images. Equal weights, images and seed give equal numbers on one
machine.
An analysis that is there is kept. A row that is not trained is passed over with the command that trains it.`;

interface Options {
  readonly seed?: number;
  readonly seeds?: number[];
  readonly fromSeed?: number;
  readonly profile: Profile;
  readonly fresh?: true;
  readonly data: string;
  readonly runs: string;
}

/** `h2t analyse ROW…`: measures what figures show of trained rows. */
export const analyseCommand = (output: Output): Command =>
  new Command("analyse")
    .description("Measure what figures show of trained rows: labels, calibration, t-SNE, forces.")
    .argument("<row...>", "rows, or the beginning of several: table-5, table-1/cifar10/100")
    .addOption(new Option("--seed <number>", "which seed (default: 0)").argParser(seed).conflicts("seeds"))
    .option("--seeds <list>", "several seeds, such as 0,1,2", seeds)
    .option("--from-seed <number>", "of the stage I that they start from (default: their own)", seed)
    .option("--profile <profile>", profiles.join(", "), oneOf("--profile", profiles), "demo")
    .option("--fresh", "measure anew, whatever is there")
    .option("--data <dir>", "where packed data sets lie", folder, paths.data)
    .option("--runs <dir>", "where runs are kept", folder, paths.runs)
    .addHelpText("after", examples)
    .action(async (names: string[], { seed: one = 0, seeds: several = [one], ...options }: Options) => {
      const { profile, fromSeed, fresh = false, data: dataDir, runs } = options;
      const { rowsNamed } = await import("./rows-named.ts");
      // Before the engine is loaded, so that a mistyped row is told at once.
      const planned = plannedRuns(rowsNamed(names, profile), several, fromSeed);
      const { analyseRows } = await import("./analyse-rows.ts");
      const folders = { runs, results: paths.results };
      await analyseRows({ runs: planned, profile, fresh, dataDir, download: false, folders }, output);
    });
