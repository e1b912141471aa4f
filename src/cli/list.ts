import { Command } from "commander";
import type { Profile } from "../paper/experiment.ts";
import type { StoredRecord } from "../paper/records.ts";
import { folder } from "./option-values.ts";
import type { Output } from "./output.ts";
import { paths } from "./paths.ts";

const examples = `
Examples:
  h2t list                                      every row: its records, or how long it would train
  h2t list --json                               the same for other programs

A time is what the fastest of this machine's own runs took for as many images and epochs, stage I included where it has
no record, and without features that another row has kept; of kinds of training that have not run here it is what they
took where the shipped records come from, as many times as long as others take here. Demo runs every row on glyphs-10.`;

/** What `h2t list --json` says of a row under one profile. */
interface ListedProfile {
  /** The row's id with the stand-in that the profile puts it on. */
  readonly id: string;
  readonly dataset: string;
  readonly records: readonly Pick<StoredRecord, "keeper" | "file">[];
  /** `null` when there are records, or when it is unknown. */
  readonly estimatedSeconds: number | null;
}

/** `h2t list [--json]`: the rows that can be run, their records and the time of those without. */
export const listCommand = (output: Output): Command =>
  new Command("list")
    .description("List the rows that can be run, which have records, and how long the others take.")
    .option("--json", "print JSON")
    .option("--runs <dir>", "where runs are kept", folder, paths.runs)
    .addHelpText("after", examples)
    .action(async ({ json, runs }: { json?: true; runs: string }) => {
      const { profiles } = await import("../paper/experiment.ts");
      const { readRecords, recordsOf } = await import("../paper/records.ts");
      const { experiments } = await import("../paper/rows/experiments.ts");
      const { timeEstimator } = await import("./estimated-time.ts");
      const { rowsNamed } = await import("./rows-named.ts");
      const { duration } = await import("../report/duration.ts");

      const records = await readRecords({ shipped: paths.results, yours: runs });
      const estimate = timeEstimator(records);
      const listed = (rowId: string, profile: Profile): ListedProfile[] =>
        rowsNamed([rowId], profile).map((row) => {
          const found = recordsOf(records, row, profile).map(({ keeper, file }) => ({ keeper, file }));
          const estimatedSeconds = found.length > 0 ? null : estimate(row, profile);
          return { id: row.id, dataset: row.dataset, records: found, estimatedSeconds };
        });
      const rows = experiments().map(({ id, label, dataset, imbalanceRatio }) => ({
        ...{ id, label, dataset, imbalanceRatio },
        profiles: Object.fromEntries(profiles.map((profile) => [profile, listed(id, profile)[0]])),
      }));
      if (json) return output.write(`${JSON.stringify(rows, null, 2)}\n`);

      const textOf = (one: ListedProfile | undefined): string => {
        if (one === undefined) return "";
        const count = (keeper: string) => one.records.filter((record) => record.keeper === keeper).length;
        const keepers = ["yours", "shipped"].filter((keeper) => count(keeper) > 0);
        if (keepers.length > 0) return keepers.map((keeper) => `${count(keeper)} ${keeper}`).join(", ");
        return one.estimatedSeconds === null ? "unknown" : `about ${duration(one.estimatedSeconds)}`;
      };
      const idWidth = Math.max(...rows.map(({ id }) => id.length)) + 2;
      const line = (cells: readonly string[]) =>
        cells
          .map((cell, i) => cell.padEnd(i === 0 ? idWidth : 20))
          .join("")
          .trimEnd();
      output.write(`${line(["Row", ...profiles])}\n`);
      for (const row of rows) {
        output.write(`${line([row.id, ...profiles.map((profile) => textOf(row.profiles[profile]))])}\n`);
      }
    });
