import { Command, Option } from "commander";
import { profiles } from "../experiments/experiment.ts";
import { tableNames } from "../experiments/tables/table.ts";
import { paths } from "../workflow/paths.ts";
import type { Output } from "../workflow/progress/output.ts";
import type { Reproduction } from "../workflow/reproduce-tables.ts";
import { folder, jobs, oneOf, seeds } from "./option-values.ts";

const examples = `
Examples:
  ./reproduce.sh                                set up, then this command: Table 5 and Figure 5 on
                                                features that ship with the kit; minutes
  ./reproduce.sh --profile demo                 train everything from generated images; minutes
  h2t reproduce --profile short --only table-1  Table 1 on CIFAR, downloaded if absent; hours

Stop it at any time; rerun the command to resume from the last completed epoch.`;

const tables = (given: string) => given.split(",").map(oneOf("--only", tableNames));

/** `h2t reproduce`: trains what has no record yet, executes the notebooks and writes the report. */
export const reproduceCommand = (output: Output): Command =>
  new Command("reproduce")
    .description("Train the rows without a record, execute the notebooks, write the report.")
    .option(
      "--profile <profile>",
      `train from images: ${profiles.join(", ")} (default: stage II on shipped features)`,
      oneOf("--profile", profiles),
    )
    .option("--only <tables>", "tables, separated by commas (default: table-5 in demo, else all)", tables)
    .option("--data <dir>", "where packed data sets are stored", folder, paths.data)
    .option("--runs <dir>", "where runs are stored", folder, paths.runs)
    .option("--report <dir>", "where the report is written", folder, paths.report)
    .option("--seeds <list>", "seeds, separated by commas", seeds, [0])
    .option("--jobs <number>", "chains that train in parallel; see h2t run --help", jobs)
    // reproduce.sh checks its arguments before set-up, which takes minutes.
    .addOption(new Option("--parse-only", "check the arguments and exit").hideHelp())
    .addHelpText("after", examples)
    .action(async ({ parseOnly, ...options }: Reproduction & { readonly parseOnly?: true }) => {
      if (parseOnly) return;
      const { reproduce } = await import("../workflow/reproduce-tables.ts");
      await reproduce(options, output);
    });
