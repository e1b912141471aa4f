import { chmod, mkdir, mkdtemp, open, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { FailureError } from "../errors.ts";
import { isRunning } from "../processes.ts";
import { syncFolder } from "../store-file.ts";
import type { Dataset } from "./image-set.ts";
import {
  fingerprint,
  type Manifest,
  manifestText,
  overallDigest,
  packedBytes,
  packedFiles,
} from "./manifest.ts";

/**
 * Writes a data set to `<dataDir>/<name>/`, replacing one that is there.
 *
 * Everything goes to a temporary folder first, which is renamed at the end: a pack is whole or absent. Such folders of
 * processes that were killed are removed first.
 *
 * @returns the same data set with its digest.
 * @throws {FailureError} if the disk refuses; nothing is left behind.
 * @example const dataset = await packDataset(generateGlyphs({ numClasses: 10, trainPerClass: 500, testPerClass: 100, seed: 0 }), "data");
 */
export async function packDataset(dataset: Omit<Dataset, "digest">, dataDir: string): Promise<Dataset> {
  const bytes = packedBytes(dataset);
  const files = {
    "train-images.bin": fingerprint(bytes["train-images.bin"]),
    "train-labels.bin": fingerprint(bytes["train-labels.bin"]),
    "test-images.bin": fingerprint(bytes["test-images.bin"]),
    "test-labels.bin": fingerprint(bytes["test-labels.bin"]),
  };
  const digest = overallDigest(files);
  const manifest: Manifest = {
    schemaVersion: 1,
    name: dataset.name,
    origin: dataset.origin,
    height: dataset.train.height,
    width: dataset.train.width,
    classNames: [...dataset.classNames],
    counts: { train: dataset.train.labels.length, test: dataset.test.labels.length },
    files,
    digest,
  };
  const target = path.join(dataDir, dataset.name);
  let partial: string | undefined;
  try {
    await mkdir(dataDir, { recursive: true });
    await removeStale(dataDir, dataset.name);
    partial = await mkdtemp(path.join(dataDir, `.${dataset.name}-${process.pid}-`));
    for (const name of packedFiles) await writeThrough(path.join(partial, name), bytes[name]);
    await writeThrough(path.join(partial, "manifest.json"), manifestText(manifest));
    // mkdtemp makes a private folder; a pack is as readable as any other file of its owner.
    await chmod(partial, 0o777 & ~process.umask());
    syncFolder(partial);
    await putInPlace(partial, target);
    syncFolder(dataDir);
  } catch (cause) {
    if (partial) await rm(partial, { recursive: true, force: true });
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

/** Removes temporary folders whose process is gone; one that is at work, which its name tells by the process id, keeps its own. */
async function removeStale(dataDir: string, name: string): Promise<void> {
  for (const entry of await readdir(dataDir)) {
    if (!entry.startsWith(`.${name}-`)) continue;
    const found = /^(?:(?<id>\d+)-)?[A-Za-z0-9]{6}$/.exec(entry.slice(`.${name}-`.length));
    const id = found?.groups?.id;
    if (found && !(id && isRunning(Number(id)))) {
      await rm(path.join(dataDir, entry), { recursive: true, force: true });
    }
  }
}

/** Replaces a pack; where the process is killed between the two, there is none. */
async function putInPlace(partial: string, target: string): Promise<void> {
  const former = `${partial.slice(0, -6)}former`;
  await rename(target, former).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  await rename(partial, target);
  await rm(former, { recursive: true, force: true });
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
