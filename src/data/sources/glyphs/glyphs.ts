import { setImmediate } from "node:timers/promises";
import { UsageError } from "../../../errors.ts";
import { randomStream } from "../../../random.ts";
import type { Dataset, ImageSet } from "../../image-set.ts";
import type { OnProgress } from "../../progress.ts";
import { imageBytes, imageSize } from "../decode-image.ts";
import { drawGlyph } from "./draw-glyph.ts";
import { type Shape, shapes } from "./glyph-shapes.ts";
import { type Texture, textures } from "./glyph-textures.ts";

export interface GlyphOptions {
  /** 10: a class is a shape, its filling is a nuisance. 100: a class is a shape with a filling. */
  readonly numClasses: 10 | 100;
  /** Training images a class, at least 1. */
  readonly trainPerClass: number;
  /** Test images a class, at least 1. */
  readonly testPerClass: number;
  /** A whole number; another seed draws other images of the same classes. */
  readonly seed: number;
  readonly onProgress?: OnProgress;
}

/**
 * Draws a data set of coloured shapes: a stand-in for real images where there are none.
 *
 * Position, rotation, size, colours, clutter and noise vary; images come class after class.
 * Every image has its own stream, so asking for more images a class leaves the first ones as they were.
 *
 * @returns both splits, named `glyphs-10` or `glyphs-100`, equal bit for bit for equal options.
 * @throws {UsageError} if an option lies outside its range.
 * @example const { train } = generateGlyphs({ numClasses: 10, trainPerClass: 500, testPerClass: 100, seed: 0 });
 */
export function generateGlyphs(options: GlyphOptions): Omit<Dataset, "digest"> {
  for (const drawing = classByClass(options); ; ) {
    const { done, value } = drawing.next();
    if (done) return value;
  }
}

/**
 * The same for a process that must hear signals meanwhile: a hundred classes take many seconds.
 *
 * @throws the signal's reason, when it was aborted.
 * @example await drawGlyphs({ numClasses: 100, trainPerClass: 500, testPerClass: 50, seed: 0 }, signal);
 */
export async function drawGlyphs(
  options: GlyphOptions,
  signal?: AbortSignal,
): Promise<Omit<Dataset, "digest">> {
  for (const drawing = classByClass(options); ; ) {
    const { done, value } = drawing.next();
    if (done) return value;
    await setImmediate();
    signal?.throwIfAborted();
  }
}

/** Draws and pauses after each class of either split. */
function* classByClass(options: GlyphOptions): Generator<void, Omit<Dataset, "digest">> {
  const { numClasses, trainPerClass, testPerClass, seed, onProgress } = options;
  if (numClasses !== 10 && numClasses !== 100) {
    throw new UsageError({
      rule: "numClasses must be 10 or 100",
      got: `${numClasses}`,
      remedy: "use one of the two",
    });
  }
  for (const [name, count, least] of [
    ["trainPerClass", trainPerClass, 1],
    ["testPerClass", testPerClass, 1],
    ["seed", seed, 0],
  ] as const) {
    if (!(Number.isInteger(count) && count >= least)) {
      throw new UsageError({
        rule: `${name} must be a whole number ≥ ${least}`,
        got: `${count}`,
        remedy: "round it",
      });
    }
  }
  const total = numClasses * (trainPerClass + testPerClass);
  function* draw(split: number, perClass: number, drawnBefore: number): Generator<void, ImageSet> {
    const pixels = new Uint8Array(numClasses * perClass * imageBytes);
    const labels = Int32Array.from({ length: numClasses * perClass }, (_, i) => Math.floor(i / perClass));
    for (const [i, label] of labels.entries()) {
      const stream = randomStream(seed, "glyphs", numClasses, split, label, i % perClass);
      const { shape, texture } = glyphClass(numClasses, label);
      const filling = texture ?? (textures[stream.integer(nuisanceTextures)] as Texture);
      drawGlyph(pixels.subarray(i * imageBytes, (i + 1) * imageBytes), shape, filling, shapes, stream);
      if (i % perClass === perClass - 1) {
        onProgress?.({ step: "draw", done: drawnBefore + i + 1, total, unit: "images" });
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

/** How many of the fillings the ten-class set draws from. */
const nuisanceTextures = 2;

/** With 100 classes, every ten consecutive ones hold each shape and each filling once, so no group is easier than another. */
function glyphClass(
  numClasses: 10 | 100,
  label: number,
): { readonly shape: Shape; readonly texture?: Texture } {
  const shape = shapes[label % 10] as Shape;
  if (numClasses === 10) return { shape };
  return { shape, texture: textures[(label + Math.floor(label / 10)) % 10] as Texture };
}
