import { Command } from "commander";
import { paths } from "../workflow/paths.ts";
import type { Output } from "../workflow/progress/output.ts";
import { type RowOptions, runsNamed, withRowOptions } from "./row-options.ts";

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
An analysis that is there is kept. Of several rows those that are not trained are passed over, each with the command that trains
it; where none is trained the command fails and says how to train them.`;

interface Options extends RowOptions {
  readonly fresh?: true;
}

/** `h2t analyse ROW…`: measures what figures show of trained rows. */
export const analyseCommand = (output: Output): Command =>
  withRowOptions(new Command("analyse"))
    .description("Measure what figures show of trained rows: labels, calibration, t-SNE, forces.")
    .option("--fresh", "measure anew, whatever is there")
    .addHelpText("after", examples)
    .action(async (names: string[], options: Options) => {
      const { profile, fresh = false, data: dataDir, runs: runsDir } = options;
      // Before the engine is loaded, so that a mistyped row is told at once.
      const runs = await runsNamed(names, options);
      const { analyseRows } = await import("../workflow/analyse-rows.ts");
      const folders = { runs: runsDir, results: paths.results };
      await analyseRows({ runs, names, profile, fresh, dataDir, download: false, folders }, output);
    });
