import type { RandomStream } from "../../random.ts";
import type { ImageSet } from "../image-set.ts";
import { normalisedBlack } from "./batch.ts";

/**
 * Rotates each image of a batch about its centre by a random angle, uniform in ±limit. Pixels from outside are black.
 *
 * Interpolation is nearest-neighbour, as by default in Pillow.
 *
 * @param images - `[batch, height, width, 3]`, normalised; overwritten.
 * @param shape - height and width in pixels.
 * @param limit - in degrees, at least 0.
 * @source code: RIDE data_loader/cifar_data_loaders.py (`RandomRotation(15)`, after crop and flip)
 * @example rotateImages(images, { height: 32, width: 32 }, 15, randomStream(0, "rotation", 1, 0));
 */
export function rotateImages(
  images: Float32Array,
  { height, width }: Pick<ImageSet, "height" | "width">,
  limit: number,
  stream: RandomStream,
): void {
  const size = height * width * 3;
  for (let start = 0; start < images.length; start += size) {
    const angle = ((2 * stream.uniform() - 1) * limit * Math.PI) / 180;
    rotate(images.subarray(start, start + size), height, width, angle);
  }
}

/** Rotates one image counter-clockwise, in place. @param angle - in radians. */
function rotate(image: Float32Array, height: number, width: number, angle: number): void {
  const source = image.slice();
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // Centre of the pixel relative to the centre of the image.
      const [dx, dy] = [x + 0.5 - width / 2, y + 0.5 - height / 2];
      const fromX = Math.floor(cosine * dx - sine * dy + width / 2);
      const fromY = Math.floor(sine * dx + cosine * dy + height / 2);
      const isInside = fromX >= 0 && fromX < width && fromY >= 0 && fromY < height;
      const from = (fromY * width + fromX) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const value = isInside ? source[from + channel] : normalisedBlack[channel];
        image[(y * width + x) * 3 + channel] = value as number;
      }
    }
  }
}
