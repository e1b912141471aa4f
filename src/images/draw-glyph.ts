import type { RandomStream } from "../random.ts";
import { imageSize } from "./decode-image.ts";
import type { Shape } from "./glyph-shapes.ts";
import type { Texture } from "./glyph-textures.ts";

type Colour = readonly [number, number, number];

/** A shape put somewhere: `size` in pixels, (cos, sin) its rotation. */
interface Placement {
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

/** Smallest distance in RGB between colours that must be told apart. */
const contrast = 90;
/** A pixel whose centre is farther from the outline than this, in pixels, is not touched by it. */
const reach = 0.75;
/** Largest slope of a glyph's rotation, ± 20°. */
const tilt = 0.36;
/** No shape extends farther from its centre than this, in units of its size. */
const extent = 1.25;
/** Centres of the 2 × 2 parts of a pixel. */
const parts = [-0.25, 0.25] as const;

/**
 * Draws one 32 × 32 image: a background gradient, clutter, the glyph, perhaps something in front of it, noise.
 *
 * Only additions, products, quotients and square roots enter, which every machine rounds alike.
 *
 * @param pixels - `[32, 32, 3]`, overwritten.
 * @param stream - decides position, rotation, size, colours, clutter and noise.
 */
export function drawGlyph(
  pixels: Uint8Array,
  shape: Shape,
  texture: Texture,
  clutter: readonly Shape[],
  stream: RandomStream,
): void {
  const canvas = new Float64Array(pixels.length);
  const [ground, first, second] = contrastingColours(stream);
  paintGradient(canvas, ground, stream);
  const behind = 1 + stream.integer(3);
  for (let i = 0; i < behind; i++) paint(canvas, drawClutter(clutter, texture, stream));
  const [cos, sin] = direction(stream, tilt);
  const size = 9 + 4 * stream.uniform();
  const centre = () => imageSize / 2 + (2 * stream.uniform() - 1) * (imageSize / 2 - size);
  paint(canvas, { shape, texture, first, second, centreX: centre(), centreY: centre(), size, cos, sin });
  if (stream.integer(4) === 0) paint(canvas, drawClutter(clutter, texture, stream));
  const noise = 4 + 16 * stream.uniform();
  for (let i = 0; i < pixels.length; i++) {
    const value = (canvas[i] as number) + (2 * stream.uniform() - 1) * noise;
    pixels[i] = Math.min(255, Math.max(0, Math.round(value)));
  }
}

/** Something small and meaningless, at any place. */
function drawClutter(clutter: readonly Shape[], texture: Texture, stream: RandomStream): Placement {
  const [cos, sin] = direction(stream, 1);
  return {
    shape: clutter[stream.integer(clutter.length)] as Shape,
    texture,
    first: colour(stream, 0, 256),
    second: colour(stream, 0, 256),
    centreX: imageSize * stream.uniform(),
    centreY: imageSize * stream.uniform(),
    size: 1.5 + 1.5 * stream.uniform(),
    cos,
    sin,
  };
}

function paintGradient(canvas: Float64Array, from: Colour, stream: RandomStream): void {
  const [dx, dy] = direction(stream, 1);
  const to = from.map((value) => value + (2 * stream.uniform() - 1) * 30);
  for (let y = 0, at = 0; y < imageSize; y++) {
    for (let x = 0; x < imageSize; x++) {
      const mix = 0.5 + (dx * (x - imageSize / 2) + dy * (y - imageSize / 2)) / imageSize;
      for (let c = 0; c < 3; c++, at++) {
        canvas[at] = (from[c] as number) * (1 - mix) + (to[c] as number) * mix;
      }
    }
  }
}

/** Blends a shape over the canvas, each pixel by its 2 × 2 parts. */
function paint(canvas: Float64Array, placement: Placement): void {
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

/** A unit vector up to `slope` off an axis; no sine or cosine, whose last bits differ between machines. */
function direction(stream: RandomStream, slope: number): readonly [number, number] {
  const rise = slope * (2 * stream.uniform() - 1);
  const length = Math.sqrt(1 + rise * rise);
  return [1 / length, rise / length];
}

function colour(stream: RandomStream, from: number, to: number): Colour {
  const channel = () => from + (to - from) * stream.uniform();
  return [channel(), channel(), channel()];
}

/** A dark ground and two lighter colours, each pair at least `contrast` apart. */
function contrastingColours(stream: RandomStream): readonly [Colour, Colour, Colour] {
  for (;;) {
    const [ground, first, second] = [
      colour(stream, 0, 130),
      colour(stream, 90, 256),
      colour(stream, 90, 256),
    ];
    if (
      distance(ground, first) > contrast &&
      distance(ground, second) > contrast &&
      distance(first, second) > contrast
    )
      return [ground, first, second];
  }
}

function distance(a: Colour, b: Colour): number {
  return Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2);
}
