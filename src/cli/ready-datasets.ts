import { existsSync } from "node:fs";
import path from "node:path";
import type { Dataset } from "../images/image-set.ts";
import { loadDataset } from "../images/load-dataset.ts";
import { ensurePacked } from "../images/prepare-dataset.ts";
import type { DatasetName } from "../paper/experiment.ts";
import { shippedLabels } from "../paper/shipped-labels.ts";
import type { Output } from "./output.ts";
import { showProgress } from "./show-progress.ts";
import type { TrainingOrder } from "./training-order.ts";

/**
 * The packed data sets of an order's rows, by name; a generated one is drawn first when it is absent, and of one whose rows
 * all have their features in the kit the labels do.
 *
 * @throws {FailureError} if one is absent or damaged.
 * @throws the signal's reason, when it was aborted.
 */
export async function readyDatasets(
  { runs, dataDir, download, folders }: TrainingOrder,
  output: Output,
  signal: AbortSignal,
): Promise<Map<DatasetName, Dataset>> {
  const datasets = new Map<DatasetName, Dataset>();
  // All of them first: what is missing at the end of a night should be told in the evening.
  for (const name of new Set(runs.map(({ row }) => row.dataset))) {
    const rows = runs.flatMap(({ row }) => (row.dataset === name ? [row] : []));
    const labels = isPacked(name, dataDir) ? null : await shippedLabels(folders.results, name, rows);
    datasets.set(name, labels ?? (await readyDataset(name, { dataDir, output, download, signal })));
    signal.throwIfAborted();
  }
  return datasets;
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
