import { existsSync } from "node:fs";
import path from "node:path";
import type { Dataset } from "../images/image-set.ts";
import { loadDataset } from "../images/load-dataset.ts";
import { prepareDataset } from "../images/prepare-dataset.ts";
import type { DatasetName } from "../paper/experiment.ts";
import type { Output } from "./output.ts";
import { showProgress } from "./show-progress.ts";

/**
 * A packed data set, drawn first when it is generated and absent.
 *
 * @param download - whether an absent CIFAR is downloaded, too; otherwise its absence is an error that names the command.
 * @throws {FailureError} if it is absent or damaged.
 */
export async function readyDataset(
  name: DatasetName,
  dataDir: string,
  output: Output,
  { download }: { readonly download: boolean },
): Promise<Dataset> {
  const isPacked = existsSync(path.join(dataDir, name, "manifest.json"));
  const isGenerated = name.startsWith("glyphs-");
  if (isPacked || !(isGenerated || (download && name.startsWith("cifar")))) return loadDataset(name, dataDir);
  output.writeError(isGenerated ? `${name} is drawn once:\n` : `${name} is downloaded once:\n`);
  const { onProgress, end } = showProgress(output);
  return prepareDataset(name, { dataDir, onProgress }).finally(end);
}
