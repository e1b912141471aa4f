import test from "ava";
import { UsageError } from "../../src/errors.ts";
import { type PlanePoints, tSne } from "../../src/evaluation/t-sne.ts";
import golden from "../golden/t-sne.json" with { type: "json" };

const { size, perplexity, joint, divergences } = golden;
const rows = Float32Array.from(golden.rows);
const embed = (own: { seed?: number; iterations?: number; onIteration?: (done: number) => void } = {}) =>
  tSne(rows, size, { seed: 0, perplexity, ...own });

/** KL(P‖Q) with scikit-learn's P, pair by pair. */
function divergence({ x, y }: PlanePoints): number {
  const pairs = Array.from(x).flatMap((_, i) => Array.from(x.keys()).flatMap((j) => (j > i ? [[i, j]] : [])));
  const near = pairs.map(([i = 0, j = 0]) => {
    const across = (of: Float64Array) => (of[i] as number) - (of[j] as number);
    return 1 / (1 + across(x) ** 2 + across(y) ** 2);
  });
  const total = near.reduce((sum, value) => sum + value, 0);
  // Both sums run over pairs in either order.
  return joint.reduce((sum, p, k) => sum + 2 * p * Math.log((2 * p * total) / (near[k] as number)), 0);
}

test("t-SNE: comes to a divergence from scikit-learn's P as low as scikit-learn's own, for every seed", async (t) => {
  const highest = Math.max(...divergences);
  const lowest = Math.min(...divergences);
  for (const seed of [0, 1, 2]) {
    const reached = divergence(await embed({ seed }));
    t.true(reached < highest && reached > 0.9 * lowest, `${reached}, divergences ${divergences}`);
  }
  // Far from it after a few steps, so that the comparison says something.
  t.true(divergence(await embed({ iterations: 20 })) > 1.5 * highest);
});

test("t-SNE: equal input and seed give equal bits, another seed other places; the input stays", async (t) => {
  const before = rows.slice();
  const first = await embed({ iterations: 50 });
  t.deepEqual(await embed({ iterations: 50 }), first);
  t.notDeepEqual(await embed({ iterations: 50, seed: 1 }), first);
  t.deepEqual(rows, before);
});

test("t-SNE: each step is reported, and a rejected report stops it", async (t) => {
  const steps: number[] = [];
  await embed({ iterations: 3, onIteration: (done) => void steps.push(done) });
  t.deepEqual(steps, [1, 2, 3]);
  const stop = () => {
    throw new Error("planted");
  };
  await t.throwsAsync(embed({ onIteration: stop }), { message: "planted" });
});

test("t-SNE: too few points, too many, and parts of rows are refused", async (t) => {
  const refusal = (numbers: number, wide: number) =>
    t.throwsAsync(tSne(new Float32Array(numbers), wide, { seed: 0 }), {
      instanceOf: UsageError,
      code: "POINTS_OUT_OF_RANGE",
      message: new RegExp(`\\(90, 2000\\].+ got ${numbers} numbers in rows of ${wide};`),
    });
  await refusal(180, 2);
  await refusal(4002, 2);
  await refusal(301, 3);
});
