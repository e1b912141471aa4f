import type { RunRecord } from "../../runs/record.ts";
import { datasetTitles, profileTexts } from "../setting-titles.ts";

const origins = {
  official: "the official images",
  "re-encoded": "re-encoded images, close to the official ones and not equal to them",
  generated: "generated images",
} as const satisfies Record<RunRecord["data"]["origin"], string>;

const standIns: ReadonlySet<string> = new Set(["tiny-imagenet-32", "glyphs-10", "glyphs-100"]);

/**
 * Where a figure's numbers come from, for its caption: profile, data set or stand-in, origin of the images, and seeds.
 *
 * @param records - of one profile and data set, at least one.
 * @example measuredOn([record]); // → "Profile paper: as published; CIFAR-10 at imbalance ratio 100, from the official images; seed 0."
 */
export function measuredOn(records: readonly RunRecord[]): string {
  const [first] = records;
  if (first === undefined) throw new Error("internal: a figure without a record");
  const { profile, configuration, data } = first;
  const { dataset, imbalanceRatio } = configuration;
  const seeds = [...new Set(records.map(({ seed }) => seed))].sort((a, b) => a - b);
  const images = `${datasetTitles[dataset]}, at imbalance ratio ${imbalanceRatio}, from ${origins[data.origin]}`;
  return [
    `Profile ${profileTexts[profile]}`,
    standIns.has(dataset) ? `stand-in ${images}: not to be compared with the paper` : images,
    `${seeds.length === 1 ? "seed" : "seeds"} ${seeds.join(", ")}.`,
  ].join("; ");
}
