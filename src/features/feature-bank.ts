import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { FailureError } from "../errors.ts";
import { canonicalJson } from "../storage/canonical-json.ts";
import { type LockOptions, lock } from "../storage/lock.ts";
import { makeFolder } from "../storage/make-folder.ts";
import { roundToHalf } from "../storage/safetensors/half-precision.ts";
import type { StoredDtype } from "../storage/safetensors/safetensors-layout.ts";
import { SafetensorsReader } from "../storage/safetensors/safetensors-reader.ts";
import { SafetensorsWriter } from "../storage/safetensors/safetensors-writer.ts";
import { exactly, matchesCurrentCode, nearly, type Sample } from "./sample.ts";

/** Version of the features. Increase it when equal keys come to mean other features, because of crops, backbone or rounding. */
const version = 1;

/** Everything that some features depend on, as plain data. */
export type CacheKey = Readonly<Record<string, unknown>> & {
  /** Whether the features are rounded to half precision. */
  readonly halfPrecision?: true;
};

/** Options of a feature cache and of waiting for features that another process computes. */
interface CacheOptions extends LockOptions {
  /** Read-only cache that is searched first. */
  readonly shipped?: FeatureCache | undefined;
}

/**
 * Cache on disk for the features of a frozen backbone, shared by all runs that need the same features.
 *
 * In stage II no gradient reaches the backbone, so the features of a batch depend on the batch alone.
 * All fusion ratios, losses, classifiers and learning rates can therefore train on features that are computed once.
 * Each key has one folder with one file per epoch, which contains a checksum and the key.
 */
export class FeatureCache {
  readonly #folder: string;
  readonly #basis: CacheKey;
  readonly #options: CacheOptions;
  readonly #created = new Set<string>();
  #hasRead = false;

  /**
   * @param folder - folder of all cached features; it need not exist.
   * @param basis - key fields that all features depend on: backbone, images, split, and the engine, which affects rounding.
   */
  constructor(folder: string, basis: CacheKey, options: CacheOptions = {}) {
    this.#folder = folder;
    this.#basis = basis;
    this.#options = options;
  }

  /** Whether any features were read that this process had not computed. */
  get hasRead(): boolean {
    return this.#hasRead || (this.#options.shipped?.hasRead ?? false);
  }

  #locate(
    key: CacheKey,
    part: string,
  ): { readonly folder: string; readonly file: string; readonly text: string } {
    const text = canonicalJson({ version, ...this.#basis, ...key });
    const folder = join(this.#folder, createHash("sha256").update(text).digest("hex").slice(0, 16));
    return { folder, file: join(folder, `${part}.safetensors`), text };
  }

  /**
   * Opens cached features for reading in parts.
   *
   * @param key - key fields besides the basis.
   * @param part - name of the part, such as `epoch-01`.
   * @param labels - labels of the images in order; the cached features must match them.
   * @param sample - recomputes the first batch for comparison; null if the images are not available.
   * @returns null if the features are not cached, or current code computes different ones.
   * @throws {FailureError} if the file is damaged or belongs to another key or other images.
   */
  open(
    key: CacheKey,
    part: string,
    labels: Int32Array,
    sample: Sample | null = null,
  ): SafetensorsReader | null {
    const { shipped } = this.#options;
    const found = shipped === undefined ? null : shipped.#open(key, part, labels, sample, nearly);
    return found ?? this.#open(key, part, labels, sample);
  }

  #open(
    key: CacheKey,
    part: string,
    labels: Int32Array,
    sample: Sample | null,
    agree = exactly,
  ): SafetensorsReader | null {
    const { file, text } = this.#locate(key, part);
    if (!existsSync(file)) return null;
    const reader = new SafetensorsReader(file);
    const fault = faultOf(reader, text, labels);
    if (fault === null) {
      if (this.#created.has(file)) return reader;
      const isHalf = key.halfPrecision ?? false;
      if (sample === null || matchesCurrentCode(file, reader, sample, { isHalf, agree })) {
        this.#hasRead = true;
        return reader;
      }
    }
    reader.close();
    if (fault === null) return null;
    throw new FailureError({
      code: "CACHED_FEATURES_MISMATCH",
      problem: `the cached features in ${file} have ${fault}`,
      fix: "delete the file and rerun the command to compute it again",
    });
  }

  /**
   * Opens cached features, or locks them so that only this process computes them.
   *
   * If another process computes them, this one waits. Features of different code count as missing and are replaced.
   *
   * @returns the reader, or null if the features are missing, and a function that releases the lock.
   * @throws {FailureError} in the same cases as `open`.
   */
  async openOrLock(
    key: CacheKey,
    part: string,
    labels: Int32Array,
    sample: Sample | null = null,
  ): Promise<{ readonly reader: SafetensorsReader | null; readonly release: () => void }> {
    const found = this.open(key, part, labels, sample);
    if (found !== null) return { reader: found, release: () => {} };
    const release = await lock(this.#locate(key, part).file, this.#options);
    try {
      const reader = this.open(key, part, labels, sample);
      if (reader !== null) release();
      return { reader, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /**
   * Creates a file of features, which become available when the writer's `finish` returns.
   *
   * @param labels - labels of the images, one per row of features.
   * @param shapes - shapes of the tensors besides the labels.
   */
  create(
    key: CacheKey,
    part: string,
    labels: Int32Array,
    shapes: Readonly<Record<string, readonly number[]>>,
  ): SafetensorsWriter {
    const { folder, file, text } = this.#locate(key, part);
    makeFolder(folder);
    this.#created.add(file);
    const dtype: StoredDtype = key.halfPrecision ? "F16" : "F32";
    const tensors = Object.entries(shapes).map(([name, shape]) => [name, { dtype, shape }] as const);
    const writer = new SafetensorsWriter(
      file,
      { labels: { dtype: "I32", shape: [labels.length] }, ...Object.fromEntries(tensors) },
      { key: text },
    );
    writer.write("labels", 0, labels);
    return writer;
  }

  /**
   * Reads features from the cache, or computes and stores them.
   *
   * @param size - d, channels of the features.
   * @param sample - recomputes the first features for comparison; null if the images are not available.
   * @returns `[labels.length · d]`.
   */
  async features(
    key: CacheKey,
    part: string,
    labels: Int32Array,
    size: number,
    compute: () => Promise<Float32Array>,
    sample: Sample | null = null,
  ): Promise<Float32Array> {
    const { reader, release } = await this.openOrLock(key, part, labels, sample);
    try {
      if (reader !== null) return reader.readAll("features");
      const computed = await compute();
      const features = key.halfPrecision ? roundToHalf(computed) : computed;
      const writer = this.create(key, part, labels, { features: [labels.length, size] });
      try {
        writer.write("features", 0, features);
        writer.finish();
      } finally {
        writer.abandon();
      }
      return features;
    } finally {
      reader?.close();
      release();
    }
  }
}

/** Describes why a file does not match, or returns null. */
function faultOf(reader: SafetensorsReader, key: string, labels: Int32Array): string | null {
  if (reader.metadata.key !== key)
    return reader.metadata.key === undefined ? "no key" : `the key ${reader.metadata.key}`;
  return Buffer.from(reader.readLabels().buffer).equals(Buffer.from(Int32Array.from(labels).buffer))
    ? null
    : "the labels of other images";
}
