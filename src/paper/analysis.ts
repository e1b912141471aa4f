import { z } from "zod";

const fraction = z.number().min(0).max(1);

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
});
export type Analysis = z.infer<typeof analysisSchema>;
