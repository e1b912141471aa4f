import type { DatasetName, Experiment, Profile, StandInName } from "../experiment.ts";

/** Classes of each data set. */
export const numClasses = {
  cifar10: 10,
  cifar100: 100,
  "tiny-imagenet-32": 100,
  "glyphs-10": 10,
  "glyphs-100": 100,
} as const satisfies Record<DatasetName, number>;

/** The stand-in on which a profile runs every row; a profile that is not named runs on the paper's data. */
const standInOf: Partial<Record<Profile, StandInName>> = { demo: "glyphs-10" };

/**
 * Which profile and data set a table shows when only the profile is chosen.
 *
 * @returns the profile, and its stand-in where it has one.
 * @example settingOf("demo"); // → { profile: "demo", standIn: "glyphs-10" }
 */
export function settingOf(profile: Profile): { readonly profile: Profile; readonly standIn?: StandInName } {
  const standIn = standInOf[profile];
  return standIn === undefined ? { profile } : { profile, standIn };
}

/** The id of a row on a stand-in: `table-5/bs-is` → `table-5/bs-is@glyphs-10`. */
export const standInId = (id: string, dataset: StandInName): string => `${id}@${dataset}`;

/**
 * The same row on other images; ratio, model and stage stay, and it starts from its stage I, and has its base, on the same images.
 *
 * @param experiment - a row on the paper's data.
 * @param dataset - the stand-in, which becomes part of the id.
 * @returns a new row.
 * @example onStandIn(findExperiment("table-5/bs-is"), "glyphs-10").id; // → "table-5/bs-is@glyphs-10"
 */
export function onStandIn(experiment: Experiment, dataset: StandInName): Experiment {
  const { id, from, base } = experiment;
  return {
    ...experiment,
    id: standInId(id, dataset),
    dataset,
    ...(from === undefined ? {} : { from: standInId(from, dataset) }),
    ...(base === undefined ? {} : { base: standInId(base, dataset) }),
  };
}
