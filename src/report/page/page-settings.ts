import { type DatasetName, datasetNames, type Profile, profiles } from "../../experiments/experiment.ts";
import type { StoredRecord } from "../../runs/records.ts";
import { datasetTitles } from "../setting-titles.ts";

/** What was run on one data set under one profile: a section of the page. */
export interface PageSetting {
  /** Also the section's anchor: `cifar10-paper`. */
  readonly id: string;
  /** `CIFAR-10-LT, profile paper`: unique on the page. */
  readonly title: string;
  readonly dataset: DatasetName;
  readonly profile: Profile;
  readonly records: readonly StoredRecord[];
}

/** Whether the paper has numbers for a data set; all others stand in for it. */
export const isOfPaper = (dataset: DatasetName): dataset is "cifar10" | "cifar100" =>
  dataset === "cifar10" || dataset === "cifar100";

/** `CIFAR-10-LT`, or a stand-in's title. */
export const longTailedTitle = (dataset: DatasetName): string =>
  isOfPaper(dataset) ? `${datasetTitles[dataset]}-LT` : datasetTitles[dataset];

/**
 * The settings with records, the one nearest to the paper's first. Trials are left out: two epochs show only that a row runs.
 *
 * @param records - as `readRecords` returns them.
 */
export function pageSettings(records: readonly StoredRecord[]): PageSetting[] {
  const shown = [...profiles].reverse().filter((profile) => profile !== "trial");
  return shown.flatMap((profile) =>
    datasetNames.flatMap((dataset) => {
      const own = records.filter(
        ({ record }) => record.profile === profile && record.configuration.dataset === dataset,
      );
      if (own.length === 0) return [];
      const title = `${longTailedTitle(dataset)}, profile ${profile}`;
      return { id: `${dataset}-${profile}`, title, dataset, profile, records: own };
    }),
  );
}
