import { Command } from "commander";
import { paths } from "../workflow/paths.ts";
import type { Output } from "../workflow/progress/output.ts";
import { folder } from "./option-values.ts";

const examples = `
Examples:
  h2t list                                      every row: its records, or how long it would train
  h2t list table-1/cifar10/100                  the rows that begin so
  h2t list table-5@glyphs-100                   the same on a stand-in
  h2t list --json                               the same for other programs

Rows that start from one stage I are listed together as a chain. Times are estimated from the fastest comparable run on this
machine, or else from shipped runs scaled to this machine. They include stage I where it still has to run. The last line sums what
is left for one seed per row and counts a shared stage I or run once. Profile demo runs every row on glyphs-10.`;

interface Options {
  readonly json?: true;
  readonly runs: string;
}

/** `h2t list [PREFIX]`: the rows that can be run, their records, and the time of those without. */
export const listCommand = (output: Output): Command =>
  new Command("list")
    .description("List the rows that can be run, which have records, and how long the others take.")
    .argument("[prefix]", "only rows that begin so: table-5, table-1/cifar10/100, table-1/cifar10/100/dr")
    .option("--json", "print JSON")
    .option("--runs <dir>", "where runs are kept", folder, paths.runs)
    .addHelpText("after", examples)
    .action(async (prefix: string | undefined, { json, runs }: Options) => {
      const { readRecords } = await import("../runs/records.ts");
      const { listedRows, timesLeft } = await import("../workflow/listed-rows.ts");
      const { listText } = await import("./list-text.ts");
      const records = await readRecords({ shipped: paths.results, yours: runs });
      const rows = listedRows(prefix, records);
      if (json) return output.write(`${JSON.stringify(rows, null, 2)}\n`);
      output.write(listText(rows, timesLeft(rows, records)));
    });
