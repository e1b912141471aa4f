import type { RandomStream } from "../../../random.ts";
import { imageBytes, imageSize } from "../decode-image.ts";
import type { Shape } from "./glyph-shapes.ts";
import type { Texture } from "./glyph-textures.ts";
import { type Colour, type Placement, paintShape } from "./paint-shape.ts";

/** Minimum RGB distance between colours that must be distinguishable. */
const contrast = 90;
/** Floating-point canvas, shared because each image overwrites all of it. */
const canvas = new Float64Array(imageBytes);
/** Maximum slope of a glyph's rotation (± 20°). */
const maxTilt = 0.36;

/**
 * Generates one 32 × 32 image: a background gradient, clutter, the glyph, optional clutter in front of it, and noise.
 *
 * Uses only additions, products, quotients and square roots on random values, which every machine rounds identically.
 *
 * @param pixels - `[32, 32, 3]`, overwritten.
 * @param stream - determines position, rotation, size, colours, clutter and noise.
 */
export function drawGlyph(
  pixels: Uint8Array,
  shape: Shape,
  texture: Texture,
  clutter: readonly Shape[],
  stream: RandomStream,
): void {
  const [background, first, second] = contrastingColours(stream);
  paintGradient(background, stream);
  const behind = 1 + stream.integer(3);
  for (let i = 0; i < behind; i++) paintShape(canvas, drawClutter(clutter, texture, stream));
  const [cos, sin] = direction(stream, maxTilt);
  const size = 9 + 4 * stream.uniform();
  const centre = () => imageSize / 2 + (2 * stream.uniform() - 1) * (imageSize / 2 - size);
  paintShape(canvas, { shape, texture, first, second, centreX: centre(), centreY: centre(), size, cos, sin });
  if (stream.integer(4) === 0) paintShape(canvas, drawClutter(clutter, texture, stream));
  const noise = 4 + 16 * stream.uniform();
  for (let i = 0; i < pixels.length; i += 3) {
    // One random integer holds a byte of noise for each of the three channels.
    let bits = stream.integer(2 ** 24);
    for (let c = i; c < i + 3; c++, bits >>= 8) {
      const value = (canvas[c] as number) + ((bits & 255) / 127.5 - 1) * noise;
      pixels[c] = Math.min(255, Math.max(0, Math.round(value)));
    }
  }
}

/** Returns a small shape without meaning, at a random position. */
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

function paintGradient(from: Colour, stream: RandomStream): void {
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

/** Returns a unit vector up to `slope` off an axis; avoids sine and cosine, whose last bits differ between machines. */
function direction(stream: RandomStream, slope: number): readonly [number, number] {
  const rise = slope * (2 * stream.uniform() - 1);
  const length = Math.sqrt(1 + rise * rise);
  return [1 / length, rise / length];
}

function colour(stream: RandomStream, from: number, to: number): Colour {
  const channel = () => from + (to - from) * stream.uniform();
  return [channel(), channel(), channel()];
}

/** Returns a dark background and two lighter colours, each pair at least `contrast` apart. */
function contrastingColours(stream: RandomStream): readonly [Colour, Colour, Colour] {
  for (;;) {
    const [background, first, second] = [
      colour(stream, 0, 130),
      colour(stream, 90, 256),
      colour(stream, 90, 256),
    ];
    if (
      distance(background, first) > contrast &&
      distance(background, second) > contrast &&
      distance(first, second) > contrast
    )
      return [background, first, second];
  }
}

function distance(a: Colour, b: Colour): number {
  return Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2);
}
