import { setImmediate } from "node:timers/promises";
import { UsageError } from "../../../errors.ts";
import { randomStream } from "../../../random.ts";
import type { Dataset, ImageSet } from "../../image-set.ts";
import type { OnProgress } from "../../progress.ts";
import { imageBytes, imageSize } from "../decode-image.ts";
import { drawGlyph } from "./draw-glyph.ts";
import { type Shape, shapes } from "./glyph-shapes.ts";
import { type Texture, textures } from "./glyph-textures.ts";

/** Options of a generated data set. */
export interface GlyphOptions {
  /** 10: each shape is a class, and fills vary within it. 100: each pair of a shape and a fill is a class. */
  readonly numClasses: 10 | 100;
  /** Training images per class, at least 1. */
  readonly trainPerClass: number;
  /** Test images per class, at least 1. */
  readonly testPerClass: number;
  /** An integer; another seed generates other images of the same classes. */
  readonly seed: number;
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Generates a data set of coloured shapes, a substitute for real images.
 *
 * Position, rotation, size, colours, clutter and noise vary. Images are ordered by class.
 * Every image has its own random stream, so the first images of a class do not depend on the number of images per class.
 *
 * @returns both splits, named `glyphs-10` or `glyphs-100`; equal options give identical bytes.
 * @throws {UsageError} if an option is out of range.
 * @example const { train } = generateGlyphs({ numClasses: 10, trainPerClass: 500, testPerClass: 100, seed: 0 });
 */
export function generateGlyphs(options: GlyphOptions): Omit<Dataset, "digest"> {
  for (const steps = classByClass(options); ; ) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * Does the same as `generateGlyphs` without blocking the event loop, because a hundred classes take many seconds.
 *
 * @throws the signal's reason if the signal is aborted.
 * @example await generateGlyphsAsync({ numClasses: 100, trainPerClass: 500, testPerClass: 50, seed: 0 }, signal);
 */
export async function generateGlyphsAsync(
  options: GlyphOptions,
  signal?: AbortSignal,
): Promise<Omit<Dataset, "digest">> {
  for (const steps = classByClass(options); ; ) {
    const { done, value } = steps.next();
    if (done) return value;
    await setImmediate();
    signal?.throwIfAborted();
  }
}

/** Generates the images, with a pause after each class of a split. */
function* classByClass(options: GlyphOptions): Generator<void, Omit<Dataset, "digest">> {
  const { numClasses, trainPerClass, testPerClass, seed, onProgress } = options;
  if (numClasses !== 10 && numClasses !== 100) {
    throw new UsageError({
      code: "GLYPH_CLASS_COUNT",
      problem: `expected numClasses 10 or 100, got ${numClasses}`,
      fix: "use one of the two",
    });
  }
  for (const [name, count, min] of [
    ["trainPerClass", trainPerClass, 1],
    ["testPerClass", testPerClass, 1],
    ["seed", seed, 0],
  ] as const) {
    if (!(Number.isInteger(count) && count >= min)) {
      throw new UsageError({
        code: "GLYPH_OPTION_OUT_OF_RANGE",
        problem: `expected ${name} to be an integer ≥ ${min}, got ${count}`,
        fix: "choose another value",
      });
    }
  }
  const total = numClasses * (trainPerClass + testPerClass);
  function* draw(split: number, perClass: number, doneBefore: number): Generator<void, ImageSet> {
    const pixels = new Uint8Array(numClasses * perClass * imageBytes);
    const labels = Int32Array.from({ length: numClasses * perClass }, (_, i) => Math.floor(i / perClass));
    for (const [i, label] of labels.entries()) {
      const stream = randomStream(seed, "glyphs", numClasses, split, label, i % perClass);
      const { shape, texture } = glyphClass(numClasses, label);
      const fill = texture ?? (textures[stream.integer(nuisanceTextures)] as Texture);
      drawGlyph(pixels.subarray(i * imageBytes, (i + 1) * imageBytes), shape, fill, shapes, stream);
      if (i % perClass === perClass - 1) {
        onProgress?.({ step: "draw", done: doneBefore + i + 1, total, unit: "images" });
        yield;
      }
    }
    return { pixels, labels, height: imageSize, width: imageSize, numClasses };
  }
  return {
    name: `glyphs-${numClasses}`,
    origin: "generated",
    classNames: Array.from({ length: numClasses }, (_, label) => {
      const { shape, texture } = glyphClass(numClasses, label);
      return texture ? `${texture.name} ${shape.name}` : shape.name;
    }),
    train: yield* draw(0, trainPerClass, 0),
    test: yield* draw(1, testPerClass, numClasses * trainPerClass),
  };
}

/** Number of fills in the ten-class set. */
const nuisanceTextures = 2;

/** Of 100 classes, every ten consecutive ones contain each shape and each fill once, so that no group is easier. */
function glyphClass(
  numClasses: 10 | 100,
  label: number,
): { readonly shape: Shape; readonly texture?: Texture } {
  const shape = shapes[label % 10] as Shape;
  if (numClasses === 10) return { shape };
  return { shape, texture: textures[(label + Math.floor(label / 10)) % 10] as Texture };
}
