import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson } from "../canonical-json.ts";
import { FailureError } from "../errors.ts";
import { testKey } from "./branch.ts";
import type { StoredDtype } from "./safetensors-layout.ts";
import { SafetensorsReader } from "./safetensors-reader.ts";
import { SafetensorsWriter } from "./safetensors-writer.ts";
import type { ClassifierStage } from "./stage.ts";

/** To be raised whenever equal keys come to mean other features: by other crops, another backbone, another rounding. */
const version = 1;

/** Plain data that says all that some features depend on. */
export type BankKey = Readonly<Record<string, unknown>>;

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
  #hasComputed = false;

  /**
   * @param folder - of all banks; need not exist.
   * @param basis - what every feature depends on: backbone, images, split, and the engine that rounds.
   */
  constructor(folder: string, basis: BankKey) {
    this.#folder = folder;
    this.#basis = basis;
  }

  /** Whether anything was not there and had to be computed. */
  get hasComputed(): boolean {
    return this.#hasComputed;
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
   * @returns null if nothing was.
   * @throws {FailureError} if the file is damaged or another key's.
   */
  open(key: BankKey, part: string): SafetensorsReader | null {
    const { file, text } = this.#place(key, part);
    if (!existsSync(file)) return null;
    const reader = new SafetensorsReader(file);
    if (reader.metadata.key === text) return reader;
    reader.close();
    throw new FailureError({
      rule: "a file of a feature bank lies in the folder of its own key",
      got: `${file} with the key ${reader.metadata.key ?? "of no bank"}`,
      remedy: "delete it; the same command computes it again",
    });
  }

  /** Begins to keep features; they count once `finish` of the writer has returned. */
  create(
    key: BankKey,
    part: string,
    tensors: Readonly<Record<string, { readonly dtype: StoredDtype; readonly shape: readonly number[] }>>,
  ): SafetensorsWriter {
    const { folder, file, text } = this.#place(key, part);
    mkdirSync(folder, { recursive: true });
    this.#hasComputed = true;
    return new SafetensorsWriter(file, tensors, { key: text });
  }

  /**
   * Features of the test images, computed unless they were kept.
   *
   * @param epoch - epochs finished; without shifted batch norm the features are the same after each.
   * @param size - d, channels of the features.
   * @returns `[count · d]`.
   */
  testFeatures(
    stage: ClassifierStage,
    seed: number,
    epoch: number,
    size: number,
    compute: () => Float32Array,
  ): Float32Array {
    const key = testKey(stage, seed);
    const part = stage.shiftBatchNorm ? epochPart(epoch) : "every-epoch";
    const reader = this.open(key, part);
    if (reader !== null) {
      try {
        return reader.readAll("features");
      } finally {
        reader.close();
      }
    }
    const features = compute();
    const shape = [features.length / size, size];
    const writer = this.create(key, part, { features: { dtype: "F32", shape } });
    try {
      writer.write("features", 0, features);
      writer.finish();
    } finally {
      writer.abandon();
    }
    return features;
  }
}

/** The part of a bank that holds an epoch, by its number from 1. */
export const epochPart = (epoch: number): string => `epoch-${String(epoch).padStart(2, "0")}`;
