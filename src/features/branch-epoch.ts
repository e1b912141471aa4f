import { batchLabels, fillTrainingBatch } from "../data/batches/batch.ts";
import { type RandomStream, randomStream } from "../random.ts";
import type { SafetensorsReader } from "../storage/safetensors/safetensors-reader.ts";
import type { SafetensorsWriter } from "../storage/safetensors/safetensors-writer.ts";
import type { Branch } from "./branch.ts";
import type { CacheKey, FeatureCache } from "./feature-bank.ts";
import type { FeatureBatch } from "./feature-pass.ts";
import { hasImages } from "./sample.ts";
import type { TrainingData } from "./training-data.ts";

/** Name of the cached part that holds an epoch. */
const epochPart = (epoch: number) => `epoch-${String(epoch + 1).padStart(2, "0")}`;

/** Name of the tensor with the statistics updates, as cache files on disk have it. */
const updateTensor = "drift";

/** Options of one epoch of a branch. */
export interface BranchEpochOptions {
  readonly branch: Branch;
  readonly key: CacheKey;
  readonly epoch: number;
  readonly seed: number;
  /** Images of the epoch, in batch order. */
  readonly order: Int32Array;
  readonly batchSize: number;
  /** d, channels of the features. */
  readonly featureSize: number;
  readonly data: TrainingData;
  /** Stores features; null stores none. */
  readonly cache: FeatureCache | null;
  /** Computes the features of a batch of images. */
  readonly pass: (images: Float32Array) => FeatureBatch;
}

/** Creates the stream of an epoch's crops and flips. */
const augmentationOf = ({ seed, branch, epoch }: BranchEpochOptions): RandomStream =>
  randomStream(seed, branch.augmentation, 2, epoch);

/** Augments the images of a batch; call it for the batches in order. */
function imagesOf(
  { data: { set } }: BranchEpochOptions,
  indices: Int32Array,
  stream: RandomStream,
): Float32Array {
  const images = new Float32Array(indices.length * set.height * set.width * 3);
  fillTrainingBatch(images, set, indices, stream);
  return images;
}

/** Computes the first batch of the epoch on its own. */
function firstBatch(options: BranchEpochOptions): Record<string, Float32Array> {
  const { order, batchSize, pass } = options;
  const { features, update } = pass(imagesOf(options, order.subarray(0, batchSize), augmentationOf(options)));
  return update === null ? { features } : { features, [updateTensor]: update };
}

/** Batches of one epoch of a branch, read from the cache or computed by the caller and stored there. */
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

  /** Opens the cached features and waits if another process computes them. */
  static async open(options: BranchEpochOptions): Promise<BranchEpoch> {
    const { cache, key, epoch, data, order } = options;
    const labels = batchLabels(data.set, order);
    const sample = hasImages(data.set) ? () => firstBatch(options) : null;
    const found = await cache?.openOrLock(key, epochPart(epoch), labels, sample);
    return new BranchEpoch(options, labels, found?.reader ?? null, found?.release ?? (() => {}));
  }

  /** Whether the features are cached. */
  get isStored(): boolean {
    return this.#stored !== null;
  }

  #indices(start: number): Int32Array {
    return this.#options.order.subarray(start, start + this.#options.batchSize);
  }

  /** Augments the images of the batch that starts at `start`; call it for the batches in order. */
  images(start: number): Float32Array {
    return imagesOf(this.#options, this.#indices(start), this.#augmentation);
  }

  /** Stores the computed batch that starts at `start`. */
  store(start: number, batch: FeatureBatch): void {
    const { featureSize, batchSize } = this.#options;
    this.#computed.set(start, batch);
    this.#writer ??= this.#begin(batch.update?.length ?? 0);
    this.#writer?.write("features", start * featureSize, batch.features);
    const { update } = batch;
    if (update) this.#writer?.write(updateTensor, (start / batchSize) * update.length, update);
  }

  #begin(updateSize: number): SafetensorsWriter | null {
    const { cache, key, epoch, order, batchSize, featureSize } = this.#options;
    const features = [order.length, featureSize];
    const updates = [Math.ceil(order.length / batchSize), updateSize];
    const shapes = updateSize > 0 ? { features, [updateTensor]: updates } : { features };
    return cache?.create(key, epochPart(epoch), this.#labels, shapes) ?? null;
  }

  /** Whether `take` can return the batch that starts at `start`. */
  has(start: number): boolean {
    return this.isStored || this.#computed.has(start);
  }

  /** Returns the batch that starts at `start`; a computed batch is returned only once. */
  take(start: number): FeatureBatch {
    const computed = this.#computed.get(start);
    this.#computed.delete(start);
    if (computed !== undefined) return computed;
    const stored = this.#stored;
    if (stored === null) throw new Error(`internal: the batch at ${start} was not computed`);
    const { featureSize, batchSize } = this.#options;
    const features = stored.read("features", start * featureSize, this.#indices(start).length * featureSize);
    const updateSize = stored.shape(updateTensor)?.[1] ?? 0;
    const updateStart = (start / batchSize) * updateSize;
    const update = updateSize === 0 ? null : stored.read(updateTensor, updateStart, updateSize);
    return { features, update };
  }

  /** Completes the epoch and makes its computed features available in the cache. */
  finish(): void {
    this.#writer?.finish();
  }

  /** Closes all files, even during an epoch, and removes unfinished ones. */
  close(): void {
    this.#writer?.abandon();
    this.#stored?.close();
    this.#release();
  }
}
