import { existsSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Dataset } from "../images/image-set.ts";
import { loadLabels } from "../images/load-dataset.ts";
import type { Experiment } from "./experiment.ts";

/** Where the labels of a data set lie whose features ship with the kit. */
const labelsFolder = (results: string, dataset: string): string => join(results, "labels", dataset);

/** Whether a row can train without images where the features of its stage I ship with the kit. */
const needsNoImages = ({ stage }: Experiment): boolean =>
  stage.kind === "classifier" && !stage.shiftBatchNorm && stage.halfPrecision === true;

/**
 * The labels that ship with the kit, in the place of a data set.
 *
 * @param results - the folder of shipped records.
 * @param rows - what shall be run on the data set.
 * @returns null if a row needs images, or no labels ship.
 * @throws {FailureError} if a file is damaged.
 */
export async function shippedLabels(
  results: string | undefined,
  dataset: string,
  rows: readonly Experiment[],
): Promise<Dataset | null> {
  if (results === undefined || !rows.every(needsNoImages)) return null;
  const folder = labelsFolder(results, dataset);
  return existsSync(folder) ? loadLabels(dataset, folder) : null;
}

/**
 * Copies manifest and labels of a pack to where they ship with the kit.
 *
 * @param dataDir - the folder that holds the packs.
 */
export async function shipLabels(dataset: string, dataDir: string, results: string): Promise<void> {
  const folder = labelsFolder(results, dataset);
  await mkdir(folder, { recursive: true });
  for (const file of ["manifest.json", "train-labels.bin", "test-labels.bin"])
    await copyFile(join(dataDir, dataset, file), join(folder, file));
}
