import { TSNE } from "@saehrimnir/druidjs";
import { UsageError } from "../errors.ts";

/** How points are embedded. */
export interface TsneOptions {
  /** Neighbours that each point has, in effect; less than a third of the points. @default 30 */
  readonly perplexity?: number;
  /** Steps of gradient descent. @default 1000 */
  readonly iterations?: number;
  /** @default 50 */
  readonly learningRate?: number;
  /** Decides where the points start. */
  readonly seed: number;
  /** Called after each step with the steps done; a promise is waited for, and may reject to stop. */
  readonly onIteration?: (done: number) => void | Promise<void>;
}

/** Places of points in the plane, `[n]` each; only distances between them mean anything. */
export interface PlanePoints {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** What `tSne` does unless it is told otherwise. */
export const tsneDefaults = { perplexity: 30, iterations: 1000, learningRate: 50 } as const;

/** Points beyond which the exact computation, quadratic in them, takes minutes. */
const mostPoints = 2000;

/**
 * t-SNE: places rows of numbers in the plane so that near ones stay near.
 *
 *     minimise KL(P‖Q) = Σ_{i≠j} p_ij log(p_ij / q_ij),   q_ij ∝ 1 / (1 + ‖y_i − y_j‖²),
 *     p_ij = (p_{j|i} + p_{i|j}) / 2n,   p_{j|i} ∝ exp(−β_i ‖x_i − x_j‖²)
 *
 * with β_i such that p_{·|i} has the wanted perplexity. Every pair counts: nothing is approximated. During the first hundred steps
 * p_ij counts four times. Equal input and seed give equal places.
 *
 * @param rows - x, `[n · d]`, row-major.
 * @param size - d.
 * @throws {UsageError} if `rows` are no whole rows, or too few or too many of them.
 * @source van der Maaten and Hinton 2008; computed by druidjs.
 * @example await tSne(features, 64, { seed: 0 });
 */
export async function tSne(
  rows: Float32Array,
  size: number,
  { seed, onIteration, ...given }: TsneOptions,
): Promise<PlanePoints> {
  const { perplexity, iterations, learningRate } = { ...tsneDefaults, ...given };
  const count = rows.length / size;
  if (!(Number.isInteger(count) && count > 3 * perplexity && count <= mostPoints)) {
    throw new UsageError({
      rule: `t-SNE at perplexity ${perplexity} takes whole rows, more than ${3 * perplexity} and at most ${mostPoints}`,
      got: `${rows.length} numbers in rows of ${size}`,
      remedy: "draw another number of points, or lower the perplexity",
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
