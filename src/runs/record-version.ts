import { z } from "zod";
import { FailureError } from "../errors.ts";
import { profiles, standInNames } from "../experiments/experiment.ts";
import { experiments } from "../experiments/rows/experiments.ts";
import { onStandIn } from "../experiments/rows/stand-in.ts";
import { runIdOf } from "./run-plan.ts";

const seed = z.int().min(0);
/** What of an earlier record a command needs. */
const trainedSchema = z.object({
  seed,
  fromSeed: seed.nullish(),
  profile: z.enum(profiles),
  data: z.object({ digest: z.string() }),
});

/** The command that trains a run, with its row where a row of today gives that run. */
function commandFor(content: unknown, runId: string): string {
  const { data: trained } = trainedSchema.safeParse(content);
  if (trained === undefined) return "npx h2t run ROW";
  const { seed, profile, data } = trained;
  const fromSeed = trained.fromSeed ?? seed;
  const row = experiments()
    .flatMap((one) => [one, ...standInNames.map((name) => onStandIn(one, name))])
    .find((one) => runIdOf(one, seed, profile, data.digest, fromSeed) === runId);
  const from = fromSeed === seed ? "" : ` --from-seed ${fromSeed}`;
  return `npx h2t run ${row?.id ?? "ROW"} --seed ${seed}${from} --profile ${profile}`;
}

/**
 * Refuses the record of another version of the kit: an earlier one has nothing that vouches for it, a later one might be misread.
 *
 * @param content - the file's JSON, of whatever shape.
 * @param runId - the run that the file must belong to.
 * @throws {FailureError} if it says that it has another schema version; names the file and the command that helps.
 */
export function refuseOtherVersion(content: unknown, file: string, runId: string): void {
  const { data } = z.object({ schemaVersion: z.int().min(1) }).safeParse(content);
  if (data === undefined || data.schemaVersion === 2) return;
  const isEarlier = data.schemaVersion < 2;
  throw new FailureError({
    rule: `${file} must be a run record of schema version 2`,
    got: `version ${data.schemaVersion}${isEarlier ? ", which has no digest that vouches for its numbers" : ""}`,
    remedy: isEarlier
      ? `delete it and train the run again: ${commandFor(content, runId)}`
      : "update the kit to the one that wrote it: git pull && npm run setup",
  });
}
