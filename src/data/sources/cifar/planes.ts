import { imageBytes, imageSize } from "../decode-image.ts";

/** Copies one image from CIFAR's red, green and blue planes to a row of RGB triples. */
export function interleave(out: Uint8Array, to: number, planes: Uint8Array, from: number): void {
  const plane = imageSize * imageSize;
  for (let pixel = 0; pixel < plane; pixel++) {
    out[to + 3 * pixel] = planes[from + pixel] as number;
    out[to + 3 * pixel + 1] = planes[from + plane + pixel] as number;
    out[to + 3 * pixel + 2] = planes[from + 2 * plane + pixel] as number;
  }
}

/** Applies `interleave` to every image of `planes`. */
export function interleaveAll(planes: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(planes.length);
  for (let at = 0; at < planes.length; at += imageBytes) interleave(pixels, at, planes, at);
  return pixels;
}
