import { drawCrops, fillCrops } from "../data/batches/batch.ts";
import { randomStream } from "../random.ts";
import type { TrainingData } from "./training-data.ts";

/** Fixed crops of each training image. */
export interface ImageViews {
  /** Crops per image. */
  readonly count: number;
  /** Training images, class by class; the j-th has position j. */
  readonly images: Int32Array;
  /** Returns the position of an image. */
  positionOf(image: number): number;
  /** Crops and normalises the images at the given positions. @returns `[positions.length · height · width · 3]`. */
  pixels(positions: ArrayLike<number>, views: ArrayLike<number>): Float32Array;
}

/**
 * Draws the fixed crops of a training set.
 *
 * Crop v of the image at position j is the j-th crop of the stream ("views", v), independent of the run's seed.
 *
 * @param count - crops per image, at least 1.
 * @example imageViews(data, 4).pixels([0, 0], [0, 3]); // two crops of the first image
 */
export function imageViews({ set, classIndices }: TrainingData, count: number): ImageViews {
  const images = Int32Array.from(classIndices.flatMap((indices) => [...indices]));
  const positions = new Map([...images].map((image, position) => [image, position]));
  const crops = Array.from({ length: count }, (_, view) =>
    drawCrops(images.length, randomStream(0, "views", view)),
  );
  return {
    count,
    images,
    positionOf: (image) => positions.get(image) as number,
    pixels(at, views) {
      const out = new Float32Array(at.length * set.height * set.width * 3);
      const chosen = new Int8Array(3 * at.length);
      for (let i = 0; i < at.length; i++) {
        const position = at[i] as number;
        chosen.set(crops[views[i] as number]?.subarray(3 * position, 3 * position + 3) ?? [], 3 * i);
      }
      fillCrops(
        out,
        set,
        Array.from(at, (position) => images[position] as number),
        chosen,
      );
      return out;
    },
  };
}
