import { imageSize } from "../decode-image.ts";
import type { Shape } from "./glyph-shapes.ts";
import type { Texture } from "./glyph-textures.ts";

/** Red, green, blue, about 0 … 255. */
export type Colour = readonly [number, number, number];

/** Position, size and appearance of a shape; `size` is in pixels, and (cos, sin) is the rotation. */
export interface Placement {
  readonly shape: Shape;
  readonly texture: Texture;
  readonly first: Colour;
  readonly second: Colour;
  readonly centreX: number;
  readonly centreY: number;
  readonly size: number;
  readonly cos: number;
  readonly sin: number;
}

/** Maximum distance from the outline, in pixels, of the centre of a pixel that a shape touches. */
const reach = 0.75;
/** Maximum extent of a shape from its centre, in units of its size. */
const extent = 1.25;
/** Centres of the 2 × 2 samples of a pixel. */
const offsets = [-0.25, 0.25] as const;

/** Blends a shape over a `[32, 32, 3]` canvas, with 2 × 2 samples per pixel. */
export function paintShape(canvas: Float64Array, placement: Placement): void {
  const { shape, texture, first, second, centreX, centreY, size, cos, sin } = placement;
  const within = (centre: number) => Math.min(imageSize - 1, Math.max(0, Math.floor(centre)));
  const [minX, maxX] = [within(centreX - extent * size), within(centreX + extent * size)];
  const [minY, maxY] = [within(centreY - extent * size), within(centreY + extent * size)];
  for (let y = minY; y <= maxY; y++) {
    for (let x = minX; x <= maxX; x++) {
      const right = (x + 0.5 - centreX) / size;
      const down = (y + 0.5 - centreY) / size;
      if (shape.distance(cos * right + sin * down, cos * down - sin * right) > reach / size) continue;
      let firstSamples = 0;
      let secondSamples = 0;
      for (const offsetY of offsets) {
        for (const offsetX of offsets) {
          const u = cos * (right + offsetX / size) + sin * (down + offsetY / size);
          const v = cos * (down + offsetY / size) - sin * (right + offsetX / size);
          const depth = -shape.distance(u, v);
          if (depth < 0) continue;
          if (texture.isSecond(u, v, depth)) secondSamples++;
          else firstSamples++;
        }
      }
      const at = (y * imageSize + x) * 3;
      for (let c = 0; c < 3; c++) {
        const drawn = firstSamples * (first[c] as number) + secondSamples * (second[c] as number);
        canvas[at + c] = ((4 - firstSamples - secondSamples) * (canvas[at + c] as number) + drawn) / 4;
      }
    }
  }
}
