import { existsSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Dataset } from "../data/image-set.ts";
import { loadLabels } from "../data/packs/load-dataset.ts";
import type { Experiment, Profile } from "../experiments/experiment.ts";
import { findExperiment } from "../experiments/rows/experiments.ts";
import { type RunFolders, weightsOf } from "./run-folders.ts";
import { runIdOf } from "./run-plan.ts";

/** The labels of a data set whose features ship with the kit. */
const labelsFolder = (results: string, dataset: string): string => join(results, "labels", dataset);

/** Whether a row can train without images where the features of its stage I ship with the kit. */
const needsNoImages = ({ stage }: Experiment): boolean =>
  stage.kind === "classifier" && !stage.shiftBatchNorm && stage.halfPrecision === true;

/**
 * The labels that ship with the kit, in place of a data set, for a row whose stage I has its features there.
 *
 * @param profile - of the stage I.
 * @param fromSeed - seed of the stage I.
 * @returns null if the row needs images, or the kit has no features of this stage I.
 * @throws {FailureError} if a file is damaged.
 */
export async function shippedLabels(
  folders: RunFolders,
  row: Experiment,
  profile: Profile,
  fromSeed: number,
): Promise<Dataset | null> {
  const { results } = folders;
  if (results === undefined || row.from === undefined || !needsNoImages(row)) return null;
  const folder = labelsFolder(results, row.dataset);
  if (!existsSync(folder)) return null;
  const labels = await loadLabels(row.dataset, folder);
  const stageOne = runIdOf(findExperiment(row.from), fromSeed, profile, labels.digest);
  return weightsOf(stageOne, folders) === undefined ? null : labels;
}

/**
 * Copies manifest and labels of a pack to the kit's shipped files.
 *
 * @param dataDir - the folder that holds the packs.
 */
export async function shipLabels(dataset: string, dataDir: string, results: string): Promise<void> {
  const folder = labelsFolder(results, dataset);
  await mkdir(folder, { recursive: true });
  for (const file of ["manifest.json", "train-labels.bin", "test-labels.bin"])
    await copyFile(join(dataDir, dataset, file), join(folder, file));
}
