import { Command, Option } from "commander";
import { paths } from "../workflow/paths.ts";
import type { Output } from "../workflow/progress/output.ts";
import { jobs } from "./option-values.ts";
import { type RowOptions, runsNamed, withRowOptions } from "./row-options.ts";

const examples = `
Examples:
  h2t run table-5                               Table 5's five rows on generated images; minutes
  h2t run table-1/cifar10/100/dr-h2t --profile short
                                                on CIFAR-10; trains stage I first where it is missing
  h2t run table-5 --seeds 0,1,2,3 --jobs 2      four chains, two at a time with half of the cores each
  h2t run table-5/bs-is --seeds 0,1,2 --from-seed 0
                                                three times stage II from one stage I
  h2t run table-5/bs-is@glyphs-100
                                                on a stand-in, which is part of the row's name

Profiles: demo runs every row on glyphs-10, drawn by the kit, with a much shortened stage I; the others run on the row's own
images: trial two epochs of either stage, short with stage I at a fifth of its epochs, paper as published.
A row that was interrupted goes on from its last finished epoch; one that has a record is not trained again.

Rows that start from one stage-I run form a chain, for each seed; chains train side by side, in a process each and with
an equal part of the cores as threads (H2T_THREADS, if it is set). Unless --jobs says how many at once: as many as there
are chains, cores and memory (1.5 GiB each) for. Threads change the last bits of numbers: equal runs need equal threads.
--jobs 1 trains one row after another with all threads.`;

interface Options extends RowOptions {
  readonly fresh?: true;
  readonly recompute?: true;
  readonly jobs?: number;
}

/** `h2t run ROW…`: trains and evaluates rows. */
export const runCommand = (output: Output): Command =>
  withRowOptions(new Command("run"))
    .description("Train and evaluate rows of the paper's tables.")
    .addOption(new Option("--resume", "go on where a run stopped; what happens anyway").conflicts("fresh"))
    .option("--fresh", "train the named rows anew; stage II's features stay (--recompute computes them, too)")
    .option(
      "--recompute",
      "compute stage II's features in every step, and keep none; equal numbers, more time, no disk",
    )
    .option("--jobs <number>", "chains that train at once (default: as the machine allows)", jobs)
    .addHelpText("after", examples)
    .action(async (names: string[], options: Options) => {
      const { profile, fresh = false, recompute = false, data: dataDir, runs: runsDir } = options;
      // Before the engine is loaded, so that a mistyped row is told at once.
      const runs = await runsNamed(names, options);
      const { trainChains } = await import("../workflow/train-chains.ts");
      const folders = { runs: runsDir, results: paths.results };
      await trainChains(
        { runs, profile, fresh, recompute, jobs: options.jobs, dataDir, download: false, folders },
        output,
      );
    });
