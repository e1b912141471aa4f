import type { Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";
import { UsageError } from "../errors.ts";
import { inSequence, type Layer, type LayerFactory } from "./layer-factory.ts";
import type { Backbone } from "./model.ts";

/** Copies a map for several experts. Its gradient is a single sum, because successive additions may differ in the last bit. */
function copies(x: Tensor4D, count: number): Tensor4D[] {
  return count === 1 ? [x] : (tf.unstack(tf.mul(x, tf.ones([count, 1, 1, 1, 1]))) as Tensor4D[]);
}

/**
 * Builds a backbone with shared first layers and separate last layers per expert.
 *
 * @param make - factory that created the layers, first the shared ones, then expert by expert.
 * @param channels - d, channels of each expert's map.
 */
export function sharedBackbone(
  make: LayerFactory,
  shared: readonly Layer[],
  experts: readonly Layer[],
  channels: number,
): Backbone {
  const first = inSequence(shared);
  return {
    experts: experts.length,
    featureSize: experts.length * channels,
    parameters: make.parameters,
    statistics: make.statistics,
    featureMap(images, mode, expert) {
      const chosen = expert === undefined ? experts : experts.slice(expert, expert + 1);
      if (chosen.length === 0) {
        throw new UsageError({
          code: "EXPERT_OUT_OF_RANGE",
          problem: `expected expert to be a whole number in [0, ${experts.length - 1}], got ${expert}`,
          fix: "omit it to compute the maps of all experts",
        });
      }
      const starts = copies(first(images, mode), chosen.length);
      const maps = chosen.map((layer, i) => layer(starts[i] as Tensor4D, mode));
      return maps.length === 1 ? (maps[0] as Tensor4D) : tf.concat(maps, 3);
    },
  };
}
