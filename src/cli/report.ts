import { Command } from "commander";
import { paths } from "../workflow/paths.ts";
import type { Output } from "../workflow/progress/output.ts";
import { folder } from "./option-values.ts";

const examples = `
Examples:
  h2t report                                    report/index.html, from shipped records and your runs
  h2t report --runs /mnt/runs --out /tmp/page   from other runs, elsewhere

It trains nothing. ./reproduce.sh writes the same page at its end. The page needs no network.`;

/** `h2t report`: writes the report page from the records that there are. */
export const reportCommand = (output: Output): Command =>
  new Command("report")
    .description("Write the report page from the records that there are.")
    .option("--out <dir>", "where the report goes", folder, paths.report)
    .option("--data <dir>", "where packed data sets are", folder, paths.data)
    .option("--runs <dir>", "where runs are kept", folder, paths.runs)
    .addHelpText("after", examples)
    .action(
      async ({ out, data, runs }: { readonly out: string; readonly data: string; readonly runs: string }) => {
        const { writeReport } = await import("../workflow/write-report.ts");
        output.write(`Report: ${await writeReport(out, runs, data)}\n`);
      },
    );
