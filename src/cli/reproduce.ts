import { Command, Option } from "commander";
import { profiles } from "../paper/experiment.ts";
import { tableNames } from "../paper/table.ts";
import { folder, jobs, oneOf, seeds } from "./option-values.ts";
import type { Output } from "./output.ts";
import { paths } from "./paths.ts";
import type { Reproduction } from "./reproduce-tables.ts";

const examples = `
Examples:
  ./reproduce.sh                                sets up, then this command: Table 5 on generated images, minutes
  h2t reproduce --profile short --only table-1  Table 1 on CIFAR, downloaded where absent; hours

Interrupt it when you like: the same command goes on from the last finished epoch.`;

const tables = (given: string) => given.split(",").map(oneOf("--only", tableNames));

/** `h2t reproduce`: trains what has no record yet, executes the notebooks and writes the report. */
export const reproduceCommand = (output: Output): Command =>
  new Command("reproduce")
    .description("Train what you have no record of, execute the notebooks, write the report.")
    .option("--profile <profile>", profiles.join(", "), oneOf("--profile", profiles), "demo")
    .option("--only <tables>", "tables with commas between them (default: table-5 in demo, else all)", tables)
    .option("--data <dir>", "where packed data sets lie or shall lie", folder, paths.data)
    .option("--runs <dir>", "where runs are kept", folder, paths.runs)
    .option("--report <dir>", "where the report goes", folder, paths.report)
    .option("--seeds <list>", "seeds with commas between them", seeds, [0])
    .option("--jobs <number>", "chains of rows that train at once; see h2t run --help", jobs)
    // reproduce.sh asks before it sets up, which takes minutes.
    .addOption(new Option("--parse-only", "end after reading the arguments").hideHelp())
    .addHelpText("after", examples)
    .action(async ({ parseOnly, ...options }: Reproduction & { readonly parseOnly?: true }) => {
      if (parseOnly) return;
      const { reproduce } = await import("./reproduce-tables.ts");
      await reproduce(options, output);
    });
