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
 * Writes a data set to `<dataDir>/<name>/`, replacing an existing pack.
 *
 * Writes a temporary folder and renames it at the end, so that a pack is never incomplete. First cleans up after killed
 * processes: removes their temporary folders, and restores a pack that they were replacing.
 *
 * @returns the same data set with its digest.
 * @throws {FailureError} if it cannot be written; an existing pack is then unchanged.
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
    officialImages: dataset.officialImages,
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
    for (const name of packedFiles) await writeFlushed(path.join(partial, name), bytes[name]);
    await writeFlushed(path.join(partial, "manifest.json"), manifestText(manifest));
    syncFolder(partial);
    await replacePack(partial, target);
  } catch (cause) {
    await rm(partial, { recursive: true, force: true }).catch(() => {});
    throw new FailureError(
      {
        code: "PACK_NOT_WRITTEN",
        problem: `cannot write ${dataset.name} to ${dataDir}: ${cause instanceof Error ? cause.message : cause}`,
        fix: "free some disk space or choose another --data folder",
      },
      { cause },
    );
  }
  return { ...dataset, digest };
}

/** Flushes a file to disk before the folder gets its final name, so that a power cut cannot leave an empty pack. */
async function writeFlushed(file: string, content: Uint8Array | string): Promise<void> {
  const handle = await open(file, "wx");
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
