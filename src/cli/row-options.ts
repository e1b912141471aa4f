import { type Command, Option } from "commander";
import { type Profile, profiles } from "../experiments/experiment.ts";
import { paths } from "../workflow/paths.ts";
import { type PlannedRun, plannedRuns } from "../workflow/training-order.ts";
import { folder, oneOf, seed, seeds } from "./option-values.ts";

/** Which runs of the rows named are meant, and where they and their images lie. */
export interface RowOptions {
  readonly seed?: number;
  readonly seeds?: number[];
  readonly fromSeed?: number;
  readonly profile: Profile;
  readonly data: string;
  readonly runs: string;
}

/** Gives a command the rows as arguments, and the options of {@link RowOptions}. */
export const withRowOptions = (command: Command): Command =>
  command
    .argument("<row...>", "rows, or the beginning of several: table-5, table-1/cifar10/100")
    .addOption(new Option("--seed <number>", "which seed (default: 0)").argParser(seed).conflicts("seeds"))
    .option("--seeds <list>", "several seeds, such as 0,1,2", seeds)
    .option(
      "--from-seed <number>",
      "start every stage II from stage I of this seed (default: of its own)",
      seed,
    )
    .option("--profile <profile>", profiles.join(", "), oneOf("--profile", profiles), "demo")
    .option("--data <dir>", "where packed data sets lie", folder, paths.data)
    .option("--runs <dir>", "where runs are kept", folder, paths.runs);

/**
 * The runs that are meant, one for each row and seed.
 *
 * @throws {UsageError} if a name stands for no row; the nearest names are in the message.
 */
export async function runsNamed(
  names: readonly string[],
  { seed: one = 0, seeds: several = [one], fromSeed, profile }: RowOptions,
): Promise<PlannedRun[]> {
  const { rowsNamed } = await import("../workflow/rows-named.ts");
  return plannedRuns(rowsNamed(names, profile), several, fromSeed);
}
