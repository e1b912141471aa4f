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
import { exactly, isOfThisCode, nearly, type Sample } from "./sample.ts";

/** To be raised whenever equal keys come to mean other features: by other crops, another backbone, another rounding. */
const version = 1;

/** Plain data that says all that some features depend on. */
export type BankKey = Readonly<Record<string, unknown>> & {
  /** Whether they are rounded to half precision. */
  readonly halfPrecision?: true;
};

/** Where else a bank looks, and how it waits for features that another process computes. */
interface BankOptions extends LockOptions {
  /** In which features are looked for first; nothing is kept there. */
  readonly shipped?: FeatureBank;
}

/**
 * Features of a frozen backbone on disk, kept for whoever needs the same ones.
 *
 * In stage II no gradient reaches the backbone, so what it makes of a batch depends on the batch alone: every fusion
 * ratio, loss, classifier and learning rate can be trained on features that were computed once. One folder holds
 * what belongs to one key, one file an epoch, with a checksum and the key inside.
 */
export class FeatureBank {
  readonly #folder: string;
  readonly #basis: BankKey;
  readonly #options: BankOptions;
  readonly #created = new Set<string>();
  #hasRead = false;

  /**
   * @param folder - of all banks; need not exist.
   * @param basis - what every feature depends on: backbone, images, split, and the engine that rounds.
   */
  constructor(folder: string, basis: BankKey, options: BankOptions = {}) {
    this.#folder = folder;
    this.#basis = basis;
    this.#options = options;
  }

  /** Whether any features were read that somebody else had computed. */
  get hasRead(): boolean {
    return this.#hasRead || (this.#options.shipped?.hasRead ?? false);
  }

  #place(
    key: BankKey,
    part: string,
  ): { readonly folder: string; readonly file: string; readonly text: string } {
    const text = canonicalJson({ version, ...this.#basis, ...key });
    const folder = join(this.#folder, createHash("sha256").update(text).digest("hex").slice(0, 16));
    return { folder, file: join(folder, `${part}.safetensors`), text };
  }

  /**
   * Opens what was kept, to be read in parts.
   *
   * @param key - what the features depend on besides the basis.
   * @param part - such as `epoch-01`.
   * @param labels - of the images that the features must be of, in their order.
   * @param sample - computes their first batch again; null where that needs images that are not there.
   * @returns null if nothing was, or by code that computed something else.
   * @throws {FailureError} if the file is damaged, another key's or of other images.
   */
  open(
    key: BankKey,
    part: string,
    labels: Int32Array,
    sample: Sample | null = null,
  ): SafetensorsReader | null {
    const { shipped } = this.#options;
    const found = shipped === undefined ? null : shipped.#open(key, part, labels, sample, nearly);
    return found ?? this.#open(key, part, labels, sample);
  }

  #open(
    key: BankKey,
    part: string,
    labels: Int32Array,
    sample: Sample | null,
    agree = exactly,
  ): SafetensorsReader | null {
    const { file, text } = this.#place(key, part);
    if (!existsSync(file)) return null;
    const reader = new SafetensorsReader(file);
    const fault = faultOf(reader, text, labels);
    if (fault === null) {
      if (this.#created.has(file)) return reader;
      const isHalf = key.halfPrecision ?? false;
      if (sample === null || isOfThisCode(file, reader, sample, { isHalf, agree })) {
        this.#hasRead = true;
        return reader;
      }
    }
    reader.close();
    if (fault === null) return null;
    throw new FailureError({
      rule: "a file of a feature bank has the features of its key and of the images that are drawn",
      got: `${file} with ${fault}`,
      remedy: "delete it; the same command computes it again",
    });
  }

  /**
   * Opens what was kept, or gives this process alone the right to compute it: what another one computes is waited for.
   *
   * What other code has kept counts as absent, and is replaced by what is computed.
   *
   * @returns the reader, or null, and what lets go of that right.
   * @throws {FailureError} as `open` does.
   */
  async openOrLock(
    key: BankKey,
    part: string,
    labels: Int32Array,
    sample: Sample | null = null,
  ): Promise<{ readonly reader: SafetensorsReader | null; readonly release: () => void }> {
    const found = this.open(key, part, labels, sample);
    if (found !== null) return { reader: found, release: () => {} };
    const release = await lock(this.#place(key, part).file, this.#options);
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
   * Begins to keep features; they count once `finish` of the writer has returned.
   *
   * @param labels - of the images, one a row of features.
   * @param shapes - of the tensors besides the labels.
   */
  create(
    key: BankKey,
    part: string,
    labels: Int32Array,
    shapes: Readonly<Record<string, readonly number[]>>,
  ): SafetensorsWriter {
    const { folder, file, text } = this.#place(key, part);
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
   * Features of whole images, computed unless they were kept.
   *
   * @param size - d, channels of the features.
   * @param sample - the first of them, to compare with what was kept; null where the images are not there.
   * @returns `[labels.length · d]`.
   */
  async features(
    key: BankKey,
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

/** Why a file is not the one that is looked for, or null. */
function faultOf(reader: SafetensorsReader, key: string, labels: Int32Array): string | null {
  if (reader.metadata.key !== key) return `the key ${reader.metadata.key ?? "of no bank"}`;
  return Buffer.from(reader.readLabels().buffer).equals(Buffer.from(Int32Array.from(labels).buffer))
    ? null
    : "the labels of other images";
}
