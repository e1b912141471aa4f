import { mkdir, open, rm } from "node:fs/promises";
import path from "node:path";
import { FailureError } from "../../errors.ts";
import { syncFolder } from "../../storage/store-file.ts";
import { removeOrphans, unfinishedName } from "../../storage/unfinished-files.ts";
import type { Dataset } from "../image-set.ts";
import {
  fingerprints,
  type ManifestContent,
  manifestText,
  overallDigest,
  packedBytes,
  packedFiles,
} from "./manifest.ts";
import { replacePack, restorePack } from "./replace-pack.ts";

/**
 * Writes a data set to `<dataDir>/<name>/`, replacing one that is there.
 *
 * Everything goes to a temporary folder first, which is renamed at the end: a pack is whole or absent. What processes that were
 * killed have left is put right first: their temporary folders are removed, and a pack that they were replacing is back.
 *
 * @returns the same data set with its digest.
 * @throws {FailureError} if the disk refuses; nothing is left behind but the pack that was there.
 * @example const dataset = await packDataset(generateGlyphs({ numClasses: 10, trainPerClass: 500, testPerClass: 100, seed: 0 }), "data");
 */
export async function packDataset(dataset: Omit<Dataset, "digest">, dataDir: string): Promise<Dataset> {
  const bytes = packedBytes(dataset);
  const files = fingerprints(dataset);
  const digest = overallDigest(files);
  const manifest: ManifestContent = {
    schemaVersion: 1,
    name: dataset.name,
    origin: dataset.origin,
    height: dataset.train.height,
    width: dataset.train.width,
    classNames: [...dataset.classNames],
    counts: { train: dataset.train.labels.length, test: dataset.test.labels.length },
    ...(dataset.officialImages === undefined ? {} : { officialImages: dataset.officialImages }),
    files,
    digest,
  };
  const target = path.join(dataDir, dataset.name);
  const temporary = path.join(dataDir, `.${dataset.name}`);
  const partial = unfinishedName(temporary);
  try {
    await mkdir(dataDir, { recursive: true });
    await restorePack(target);
    removeOrphans(temporary);
    await mkdir(partial);
    for (const name of packedFiles) await writeThrough(path.join(partial, name), bytes[name]);
    await writeThrough(path.join(partial, "manifest.json"), manifestText(manifest));
    syncFolder(partial);
    await replacePack(partial, target);
  } catch (cause) {
    await rm(partial, { recursive: true, force: true }).catch(() => {});
    throw new FailureError(
      {
        rule: `${dataDir} must accept the packed ${dataset.name}`,
        got: cause instanceof Error ? cause.message : String(cause),
        remedy: "free some disk space or choose another --data folder",
      },
      { cause },
    );
  }
  return { ...dataset, digest };
}

/** Reaches the disk before the folder gets its final name, so that a power cut cannot leave a named but empty pack. */
async function writeThrough(file: string, content: Uint8Array | string): Promise<void> {
  const handle = await open(file, "wx");
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
