import { z } from "zod";
import { samplerNames } from "../samplers/sampler.ts";

const fraction = z.number().min(0).max(1);

/** Mean projections ‖w‖cosθ of one part of the channels; `null` where a ratio leaves that part no channel. */
const projections = z
  .object({
    /** Of the tail class's weights. */
    tail: z.number(),
    /** Of the head class's weights. */
    head: z.number(),
    /** Mean lengths ‖w‖ of both on these channels. */
    lengths: z.object({ tail: z.number().min(0), head: z.number().min(0) }),
    /** Share of the draws in which the paper's inequality holds: Eq. 8 on replaced channels, Eq. 10 on kept ones. */
    share: fraction,
  })
  .nullable();

/**
 * What figures show of a trained run and its record does not hold: measured once with the weights after the last epoch, and kept
 * beside the record, so that a figure is drawn without images.
 */
export const analysisSchema = z.object({
  schemaVersion: z.literal(1),
  /** The run whose weights were measured. */
  runId: z.string().regex(/^[0-9a-f]{16}$/),
  /** `[C][C]`, test images by true class (row) and predicted class (column). */
  confusion: z.array(z.array(z.int().min(0))),
  /** The test images by confidence, in (above, upTo]; `null` where a bin is empty. */
  bins: z.array(
    z.object({
      above: fraction,
      upTo: fraction,
      count: z.int().min(0),
      accuracy: fraction.nullable(),
      confidence: fraction.nullable(),
    }),
  ),
  /** Pooled features of class-balanced draws of training images in two dimensions; `null` where they were not embedded. */
  embedding: z
    .object({
      method: z.literal("t-SNE"),
      perplexity: z.number().min(1),
      iterations: z.int().min(1),
      learningRate: z.number().min(0),
      seed: z.int().min(0),
      /** What the features were fused with before, under the labels of the class-balanced draw; `null` where nothing was. */
      fusion: z.object({ ratio: fraction, fusingSampler: z.enum(samplerNames) }).nullable(),
      /** Coordinates and class of each point. */
      x: z.array(z.number()),
      y: z.array(z.number()),
      labels: z.array(z.int().min(0)),
    })
    .nullable(),
  /** The two forces of the paper's section 3.4 for each pair of a tail and a head class; `null` where they were not measured. */
  forces: z
    .object({
      /** p, the replaced fraction of the channels. */
      ratio: fraction,
      /** Draws a pair: an image of either class, and a mask. */
      draws: z.int().min(1),
      pairs: z.array(
        z.object({
          tail: z.int().min(0),
          head: z.int().min(0),
          replaced: projections,
          kept: projections,
        }),
      ),
    })
    .nullable(),
});
export type Analysis = z.infer<typeof analysisSchema>;
export type Embedding = NonNullable<Analysis["embedding"]>;
export type Forces = NonNullable<Analysis["forces"]>;
