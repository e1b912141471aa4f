import type { Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";
import { UsageError } from "../errors.ts";
import { inSequence, type Layer, type LayerFactory } from "./layer-factory.ts";
import type { Backbone } from "./model.ts";

/** The same map for each of several experts; its gradient is one sum, since additions in a row may differ in the last bit. */
function copies(x: Tensor4D, count: number): Tensor4D[] {
  return count === 1 ? [x] : (tf.unstack(tf.mul(x, tf.ones([count, 1, 1, 1, 1]))) as Tensor4D[]);
}

/**
 * A backbone whose first layers are shared and whose last ones each expert has for itself.
 *
 * @param make - has made the layers, first the shared ones, then expert by expert.
 * @param channels - of each expert's map, d.
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
          rule: `expert is a whole number from 0 to ${experts.length - 1}`,
          got: String(expert),
          remedy: "leave it out for the maps of all experts",
        });
      }
      const starts = copies(first(images, mode), chosen.length);
      const maps = chosen.map((layer, i) => layer(starts[i] as Tensor4D, mode));
      return maps.length === 1 ? (maps[0] as Tensor4D) : tf.concat(maps, 3);
    },
  };
}
