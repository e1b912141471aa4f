import type { Tensor } from "@tensorflow/tfjs-node-gpu";
import { batchNormMomentum } from "../engine/ops/batch-norm.ts";
import { tf } from "../engine/tensorflow.ts";
import type { NamedVariables } from "../models/model.ts";

const kept = Math.fround(1 - Math.fround(batchNormMomentum));

/**
 * Running statistics of batch normalisation that follow batches whose drift is known.
 *
 *     running ← (1 − m)·running + drift
 *
 * rounded to single precision after the product and after the sum, as TensorFlow's operation does.
 */
export class RunningStatistics {
  readonly #variables: NamedVariables;
  #values: Float32Array;

  /** @param variables - `Backbone.statistics`; their present values are where the statistics begin. */
  constructor(variables: NamedVariables) {
    this.#variables = variables;
    const parts = [...variables.values()].map((variable) => variable.dataSync<"float32">());
    this.#values = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
    let place = 0;
    for (const part of parts) {
      this.#values.set(part, place);
      place += part.length;
    }
  }

  /** Follows one batch. */
  move(drift: Float32Array): void {
    this.#values = this.#values.map((value, i) => Math.fround(kept * value) + (drift[i] as number));
  }

  /** Brings the values into the variables. */
  assign(): void {
    let place = 0;
    for (const variable of this.#variables.values()) {
      const values = this.#values.slice(place, place + variable.size);
      const tensor: Tensor = tf.tensor(values, variable.shape, "float32");
      variable.assign(tensor);
      tensor.dispose();
      place += variable.size;
    }
  }
}
