import { imageSize } from "../decode-image.ts";
import type { Shape } from "./glyph-shapes.ts";
import type { Texture } from "./glyph-textures.ts";

/** Red, green, blue, about 0 … 255. */
export type Colour = readonly [number, number, number];

/** A shape put somewhere: `size` in pixels, (cos, sin) its rotation. */
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

/** A pixel whose centre is farther from the outline than this, in pixels, is not touched by it. */
const reach = 0.75;
/** No shape extends farther from its centre than this, in units of its size. */
const extent = 1.25;
/** Centres of the 2 × 2 parts of a pixel. */
const parts = [-0.25, 0.25] as const;

/** Blends a shape over a `[32, 32, 3]` canvas, each pixel by its 2 × 2 parts. */
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
      let firstParts = 0;
      let secondParts = 0;
      for (const partY of parts) {
        for (const partX of parts) {
          const u = cos * (right + partX / size) + sin * (down + partY / size);
          const v = cos * (down + partY / size) - sin * (right + partX / size);
          const depth = -shape.distance(u, v);
          if (depth < 0) continue;
          if (texture.isSecond(u, v, depth)) secondParts++;
          else firstParts++;
        }
      }
      const at = (y * imageSize + x) * 3;
      for (let c = 0; c < 3; c++) {
        const drawn = firstParts * (first[c] as number) + secondParts * (second[c] as number);
        canvas[at + c] = ((4 - firstParts - secondParts) * (canvas[at + c] as number) + drawn) / 4;
      }
    }
  }
}
