import type { Tensor } from "@tensorflow/tfjs-node-gpu";
import { batchNormMomentum } from "../engine/ops/batch-norm.ts";
import { tf } from "../engine/tensorflow.ts";
import type { NamedVariables } from "../models/model.ts";

const retained = Math.fround(1 - Math.fround(batchNormMomentum));

/**
 * Applies statistics updates of batches to the running statistics of batch normalisation.
 *
 *     running ← (1 − m)·running + update
 *
 * The product and the sum are rounded to single precision, as in TensorFlow's operation.
 */
export class RunningStatistics {
  readonly #variables: NamedVariables;
  #values: Float32Array;

  /** @param variables - `Backbone.statistics`; their current values are the initial statistics. */
  constructor(variables: NamedVariables) {
    this.#variables = variables;
    const parts = [...variables.values()].map((variable) => variable.dataSync<"float32">());
    this.#values = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
    let offset = 0;
    for (const part of parts) {
      this.#values.set(part, offset);
      offset += part.length;
    }
  }

  /** Applies the update of one batch. */
  apply(update: Float32Array): void {
    this.#values = this.#values.map((value, i) => Math.fround(retained * value) + (update[i] as number));
  }

  /** Assigns the statistics to the variables. */
  assign(): void {
    let offset = 0;
    for (const variable of this.#variables.values()) {
      const values = this.#values.slice(offset, offset + variable.size);
      const tensor: Tensor = tf.tensor(values, variable.shape, "float32");
      variable.assign(tensor);
      tensor.dispose();
      offset += variable.size;
    }
  }
}
