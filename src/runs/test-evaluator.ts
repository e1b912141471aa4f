import type { ImageSet } from "../data/image-set.ts";
import { evaluatePredictions, type Measures } from "../evaluation/evaluate-predictions.ts";
import { eventLoopYielder } from "../features/breathe.ts";
import type { FeatureCache } from "../features/feature-bank.ts";
import { buildPredictor, type Predictor } from "../features/predict.ts";
import { type Model, pooledSize } from "../models/model.ts";
import type { Stage } from "../stages/stage.ts";
import { roundToHalf } from "../storage/safetensors/half-precision.ts";
import { backboneDigest, testKey } from "./run-bank.ts";

/** The model and the test images, with a cache of their features in stage II. */
interface EvaluatorOptions {
  readonly model: Model;
  readonly stage: Stage;
  readonly test: ImageSet;
  /** Training images per class, which decide the groups. */
  readonly classCounts: readonly number[];
  readonly cache: FeatureCache | undefined;
}

/** Measures a model on the test images, after any epoch. */
export class TestEvaluator {
  readonly #options: EvaluatorOptions;
  readonly #predictor: Predictor;

  constructor(options: EvaluatorOptions) {
    const { model, test } = options;
    this.#options = options;
    this.#predictor = buildPredictor(model, [test.height, test.width, 3]);
  }

  /** @throws the signal's reason, when it was aborted. */
  async evaluate(signal: AbortSignal | undefined): Promise<Measures> {
    const { test, classCounts } = this.#options;
    const logits = this.#predictor.logits(await this.#features(signal));
    return evaluatePredictions({ logits, labels: test.labels, classCounts });
  }

  async #features(signal: AbortSignal | undefined): Promise<Float32Array> {
    const { model, stage, test, cache } = this.#options;
    const compute = () => this.#predictor.features(test, eventLoopYielder(signal));
    const key = testKey(stage, backboneDigest(model.backbone));
    if (cache === undefined) return key.halfPrecision ? roundToHalf(await compute()) : compute();
    return cache.features(key, "test", test.labels, pooledSize(model), compute, this.#predictor.sample(test));
  }

  /** Frees the compiled steps. */
  dispose(): void {
    this.#predictor.dispose();
  }
}
