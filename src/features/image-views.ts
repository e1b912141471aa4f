import { drawCrops, fillCrops } from "../data/batches/batch.ts";
import { randomStream } from "../random.ts";
import type { TrainingData } from "./training-data.ts";

/** A few fixed crops of each training image. */
export interface ImageViews {
  /** Views of each image. */
  readonly count: number;
  /** The training images, class by class; the j-th is at place j. */
  readonly images: Int32Array;
  /** Where an image stands among them. */
  placeOf(image: number): number;
  /** Normalised pixels of views of the images at the given places. @returns `[places.length · height · width · 3]`. */
  pixels(places: ArrayLike<number>, views: ArrayLike<number>): Float32Array;
}

/**
 * The views of a training set: view v of the image at place j is the j-th crop of the stream ("views", v), whatever the seed.
 *
 * @param count - views of each image, at least 1.
 * @example imageViews(data, 4).pixels([0, 0], [0, 3]); // two crops of the first image
 */
export function imageViews({ set, classIndices }: TrainingData, count: number): ImageViews {
  const images = Int32Array.from(classIndices.flatMap((indices) => [...indices]));
  const places = new Map([...images].map((image, place) => [image, place]));
  const crops = Array.from({ length: count }, (_, view) =>
    drawCrops(images.length, randomStream(0, "views", view)),
  );
  return {
    count,
    images,
    placeOf: (image) => places.get(image) as number,
    pixels(at, views) {
      const out = new Float32Array(at.length * set.height * set.width * 3);
      const chosen = new Int8Array(3 * at.length);
      for (let i = 0; i < at.length; i++) {
        const place = at[i] as number;
        chosen.set(crops[views[i] as number]?.subarray(3 * place, 3 * place + 3) ?? [], 3 * i);
      }
      fillCrops(
        out,
        set,
        Array.from(at, (place) => images[place] as number),
        chosen,
      );
      return out;
    },
  };
}
