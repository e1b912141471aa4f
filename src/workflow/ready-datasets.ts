import { existsSync } from "node:fs";
import path from "node:path";
import type { Dataset } from "../data/image-set.ts";
import { loadDataset } from "../data/packs/load-dataset.ts";
import { ensurePacked } from "../data/packs/prepare-dataset.ts";
import type { DatasetName } from "../experiments/experiment.ts";
import { shippedLabels } from "../runs/shipped-labels.ts";
import type { Output } from "./progress/output.ts";
import { showProgress } from "./progress/show-progress.ts";
import type { PlannedRun, TrainingOrder } from "./training-order.ts";

/** The images of a run, or the labels alone where its features ship with the kit. */
export type DatasetOf = (run: PlannedRun) => Dataset;

/**
 * Prepares the data sets of an order's runs, all of them before the first is trained.
 *
 * A generated data set is made if it is absent. A row without images trains on shipped features if there are some; rows that
 * prefer these (`frozen/…`) use them in any case.
 *
 * @throws {FailureError} if a data set is absent or damaged.
 * @throws the signal's reason, when it was aborted.
 */
export async function readyDatasets(
  { runs, profile, dataDir, download, folders }: TrainingOrder,
  output: Output,
  signal: AbortSignal,
): Promise<DatasetOf> {
  const packed = new Map<DatasetName, Dataset>();
  const shipped = new Map<PlannedRun, Dataset>();
  for (const run of runs) {
    const { row, fromSeed } = run;
    const mayUseLabels = row.prefersShippedFeatures === true || !isPacked(row.dataset, dataDir);
    const labels = mayUseLabels ? await shippedLabels(folders, row, profile, fromSeed) : null;
    if (labels !== null) shipped.set(run, labels);
    else if (!packed.has(row.dataset)) {
      packed.set(row.dataset, await readyDataset(row.dataset, { dataDir, output, download, signal }));
    }
    signal.throwIfAborted();
  }
  return (run) => {
    const dataset = shipped.get(run) ?? packed.get(run.row.dataset);
    if (dataset === undefined) throw new Error(`internal: ${run.row.dataset} was not loaded`);
    return dataset;
  };
}

const isPacked = (name: DatasetName, dataDir: string): boolean =>
  existsSync(path.join(dataDir, name, "manifest.json"));

/** Where it is looked for, and what may be done where it is not. */
interface Surroundings extends Pick<TrainingOrder, "dataDir" | "download"> {
  readonly output: Output;
  readonly signal: AbortSignal;
}

async function readyDataset(
  name: DatasetName,
  { dataDir, output, download, signal }: Surroundings,
): Promise<Dataset> {
  const isGenerated = name.startsWith("glyphs-");
  if (isPacked(name, dataDir) || !(isGenerated || (download && name.startsWith("cifar"))))
    return loadDataset(name, dataDir);
  output.writeError(isGenerated ? `${name} is drawn once:\n` : `${name} is downloaded once:\n`);
  const { onProgress, end } = showProgress(output);
  const onWait = (owner: string) => output.writeError(`${name} is made by ${owner}; waiting\n`);
  await ensurePacked(name, { dataDir, onProgress, onWait, signal }).finally(end);
  return loadDataset(name, dataDir);
}
