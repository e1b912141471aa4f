import { batchLabels, fillTrainingBatch } from "../data/batches/batch.ts";
import { type RandomStream, randomStream } from "../random.ts";
import type { SafetensorsReader } from "../storage/safetensors/safetensors-reader.ts";
import type { SafetensorsWriter } from "../storage/safetensors/safetensors-writer.ts";
import type { Branch } from "./branch.ts";
import type { BankKey, FeatureBank } from "./feature-bank.ts";
import type { FeatureBatch } from "./feature-pass.ts";
import { hasImages } from "./sample.ts";
import type { TrainingData } from "./training-data.ts";

/** The part of a bank that holds an epoch. */
const epochPart = (epoch: number) => `epoch-${String(epoch + 1).padStart(2, "0")}`;

/** Where and what the features of one epoch of a branch are. */
export interface BranchEpochOptions {
  readonly branch: Branch;
  readonly key: BankKey;
  readonly epoch: number;
  readonly seed: number;
  /** Images of the epoch in the order of the batches. */
  readonly order: Int32Array;
  readonly batchSize: number;
  /** d, channels of the features. */
  readonly featureSize: number;
  readonly data: TrainingData;
  /** Keeps features, if any. */
  readonly bank: FeatureBank | null;
  /** Passes the images of a batch through the backbone. */
  readonly pass: (images: Float32Array) => FeatureBatch;
}

/** The stream of an epoch's crops and flips, from its beginning. */
const augmentationOf = ({ seed, branch, epoch }: BranchEpochOptions): RandomStream =>
  randomStream(seed, branch.augmentation, 2, epoch);

/** Augmented images of a batch; batches must be drawn in their order. */
function imagesOf(
  { data: { set } }: BranchEpochOptions,
  indices: Int32Array,
  stream: RandomStream,
): Float32Array {
  const images = new Float32Array(indices.length * set.height * set.width * 3);
  fillTrainingBatch(images, set, indices, stream);
  return images;
}

/** The epoch's first batch, computed by itself. */
function firstBatch(options: BranchEpochOptions): Record<string, Float32Array> {
  const { order, batchSize, pass } = options;
  const { features, drift } = pass(imagesOf(options, order.subarray(0, batchSize), augmentationOf(options)));
  return drift === null ? { features } : { features, drift };
}

/** The batches of one epoch of a branch: read from the bank, or computed by the caller and kept there. */
export class BranchEpoch {
  readonly #options: BranchEpochOptions;
  readonly #labels: Int32Array;
  readonly #augmentation: RandomStream;
  readonly #stored: SafetensorsReader | null;
  readonly #release: () => void;
  readonly #computed = new Map<number, FeatureBatch>();
  #writer: SafetensorsWriter | null = null;

  private constructor(
    options: BranchEpochOptions,
    labels: Int32Array,
    stored: SafetensorsReader | null,
    release: () => void,
  ) {
    this.#options = options;
    this.#labels = labels;
    this.#augmentation = augmentationOf(options);
    this.#stored = stored;
    this.#release = release;
  }

  /** Opens the bank's features; what another process computes is waited for. */
  static async open(options: BranchEpochOptions): Promise<BranchEpoch> {
    const { bank, key, epoch, data, order } = options;
    const labels = batchLabels(data.set, order);
    const sample = hasImages(data.set) ? () => firstBatch(options) : null;
    const found = await bank?.openOrLock(key, epochPart(epoch), labels, sample);
    return new BranchEpoch(options, labels, found?.reader ?? null, found?.release ?? (() => {}));
  }

  /** Whether the features are there already. */
  get isStored(): boolean {
    return this.#stored !== null;
  }

  #indices(start: number): Int32Array {
    return this.#options.order.subarray(start, start + this.#options.batchSize);
  }

  /** Augmented images of the batch that begins at `start`; batches must be drawn in their order. */
  images(start: number): Float32Array {
    return imagesOf(this.#options, this.#indices(start), this.#augmentation);
  }

  /** Takes what was computed of the batch that begins at `start`. */
  keep(start: number, batch: FeatureBatch): void {
    const { featureSize, batchSize } = this.#options;
    this.#computed.set(start, batch);
    this.#writer ??= this.#begin(batch.drift?.length ?? 0);
    this.#writer?.write("features", start * featureSize, batch.features);
    if (batch.drift) this.#writer?.write("drift", (start / batchSize) * batch.drift.length, batch.drift);
  }

  #begin(driftSize: number): SafetensorsWriter | null {
    const { bank, key, epoch, order, batchSize, featureSize } = this.#options;
    const drift = [Math.ceil(order.length / batchSize), driftSize];
    const shapes = { features: [order.length, featureSize], ...(driftSize > 0 ? { drift } : {}) };
    return bank?.create(key, epochPart(epoch), this.#labels, shapes) ?? null;
  }

  /** Whether `take` can give the batch that begins at `start`. */
  has(start: number): boolean {
    return this.isStored || this.#computed.has(start);
  }

  /** The batch that begins at `start`; one that was computed is given once. */
  take(start: number): FeatureBatch {
    const computed = this.#computed.get(start);
    this.#computed.delete(start);
    if (computed !== undefined) return computed;
    const stored = this.#stored;
    if (stored === null) throw new Error(`internal: the batch at ${start} was not computed`);
    const { featureSize, batchSize } = this.#options;
    const features = stored.read("features", start * featureSize, this.#indices(start).length * featureSize);
    const driftSize = stored.shape("drift")?.[1] ?? 0;
    const drift = driftSize === 0 ? null : stored.read("drift", (start / batchSize) * driftSize, driftSize);
    return { features, drift };
  }

  /** Ends a whole epoch: what was computed counts from now on. */
  finish(): void {
    this.#writer?.finish();
  }

  /** Closes everything, also in mid-epoch; what is not finished is removed. */
  close(): void {
    this.#writer?.abandon();
    this.#stored?.close();
    this.#release();
  }
}
