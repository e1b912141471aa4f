import { TSNE } from "@saehrimnir/druidjs";
import { UsageError } from "../errors.ts";

/** Options of the embedding. */
export interface TsneOptions {
  /** Effective number of neighbours per point; less than a third of the points. @default 30 */
  readonly perplexity?: number;
  /** Steps of gradient descent. @default 1000 */
  readonly iterations?: number;
  /** Step size of gradient descent. @default 50 */
  readonly learningRate?: number;
  /** Seed of the initial positions. */
  readonly seed: number;
  /** Called after each step with the number of completed steps. Promises are awaited; a rejection stops the embedding. */
  readonly onIteration?: (done: number) => void | Promise<void>;
}

/** Coordinates of points in the plane, `[n]` each; only the distances between them are meaningful. */
export interface PlanePoints {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Default options of `tSne`. */
export const tsneDefaults = { perplexity: 30, iterations: 1000, learningRate: 50 } as const;

/** Largest number of points. The exact computation is quadratic in it and takes minutes beyond. */
const maxPoints = 2000;

/**
 * Embeds rows of numbers in the plane with t-SNE, so that near rows stay near.
 *
 *     minimise KL(P‖Q) = Σ_{i≠j} p_ij log(p_ij / q_ij),   q_ij ∝ 1 / (1 + ‖y_i − y_j‖²),
 *     p_ij = (p_{j|i} + p_{i|j}) / 2n,   p_{j|i} ∝ exp(−β_i ‖x_i − x_j‖²)
 *
 * with β_i such that p_{·|i} has the requested perplexity. Every pair is computed exactly.
 * During the first hundred steps p_ij counts four times. Equal input and seed give equal coordinates.
 *
 * @param rows - x, `[n · d]`, row-major.
 * @param size - d.
 * @returns `[n]` coordinates per axis.
 * @throws {UsageError} if `rows` does not contain whole rows, or too few or too many of them.
 * @source van der Maaten and Hinton, JMLR 2008; computed by druidjs
 * @example await tSne(features, 64, { seed: 0 });
 */
export async function tSne(
  rows: Float32Array,
  size: number,
  { seed, onIteration, ...given }: TsneOptions,
): Promise<PlanePoints> {
  const { perplexity, iterations, learningRate } = { ...tsneDefaults, ...given };
  const count = rows.length / size;
  if (!(Number.isInteger(count) && count > 3 * perplexity && count <= maxPoints)) {
    throw new UsageError({
      code: "POINTS_OUT_OF_RANGE",
      problem: `expected a whole number of rows in (${3 * perplexity}, ${maxPoints}] for t-SNE at perplexity ${perplexity}, got ${rows.length} numbers in rows of ${size}`,
      fix: "change the number of points, or lower the perplexity",
    });
  }
  const points = Array.from({ length: count }, (_, i) =>
    Float64Array.from(rows.subarray(i * size, (i + 1) * size)),
  );
  const tsne = new TSNE(points, { perplexity, epsilon: learningRate, d: 2, seed });
  let [done, placed] = [0, points];
  for (placed of tsne.generator(iterations)) {
    done += 1;
    await onIteration?.(done);
  }
  const column = (axis: 0 | 1) => Float64Array.from(placed, (point) => point[axis] as number);
  return { x: column(0), y: column(1) };
}
