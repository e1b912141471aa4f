import { createHash } from "node:crypto";
import { canonicalJson } from "../canonical-json.ts";
import type { Experiment, Profile } from "./experiment.ts";
import { underProfile } from "./profiles.ts";
import type { RunRecord } from "./record.ts";
import { findExperiment } from "./rows/experiments.ts";

/** Ids that were asked for before: a table asks for those of each row once per record. */
const idsByRow = new WeakMap<Experiment, Map<string, string>>();

/** What a run id is the hash of. */
export interface RunKey {
  readonly configuration: RunRecord["configuration"];
  readonly seed: number;
  readonly profile: Profile;
  /** Digest of the packed data set. */
  readonly dataDigest: string;
}

/** The first 16 hexadecimal digits of SHA-256 over the key's canonical JSON. */
export function hashOfRun({ configuration, seed, profile, dataDigest }: RunKey): string {
  const text = canonicalJson({ configuration, seed, profile, dataDigest });
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/**
 * The configuration of a row's run as its record holds it: the profile applied, `from` resolved to a run.
 *
 * Ids and labels are no part of it, so rows that say the same share a run.
 */
export function configurationOf(
  experiment: Experiment,
  seed: number,
  profile: Profile,
  dataDigest: string,
  fromSeed = seed,
): RunRecord["configuration"] {
  const { dataset, imbalanceRatio, backbone, classifier, stage, from } = experiment;
  return {
    dataset,
    imbalanceRatio,
    model: { backbone, classifier: { ...classifier } },
    stage: { ...underProfile(stage, profile) },
    from: from === undefined ? null : runIdOf(findExperiment(from), fromSeed, profile, dataDigest),
  };
}

/**
 * The name of the run that gives a row its numbers.
 *
 *     id = first 16 hexadecimal digits of SHA-256(canonical JSON of configuration, seed, profile, data digest)
 *
 * @param experiment - the row; only what decides its numbers counts.
 * @param profile - how long it trains.
 * @param dataDigest - digest of the packed data set (`Dataset.digest`).
 * @param fromSeed - seed of the run that it starts from; its own unless given.
 * @returns equal for rows of equal configuration, such as `table-5/bs-is` and `table-1/cifar100/100/dr-h2t`.
 * @example runIdOf(findExperiment("table-5/bs-is"), 0, "paper", digest);
 */
export function runIdOf(
  experiment: Experiment,
  seed: number,
  profile: Profile,
  dataDigest: string,
  fromSeed = seed,
): string {
  const ids = idsByRow.get(experiment) ?? new Map<string, string>();
  idsByRow.set(experiment, ids);
  const key = [seed, fromSeed, profile, dataDigest].join(" ");
  const known = ids.get(key);
  if (known !== undefined) return known;
  const configuration = configurationOf(experiment, seed, profile, dataDigest, fromSeed);
  const id = hashOfRun({ configuration, seed, profile, dataDigest });
  ids.set(key, id);
  return id;
}
