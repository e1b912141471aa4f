import { readFileSync } from "node:fs";
import test from "ava";
import { FailureError, UsageError } from "../../src/errors.ts";
import { chooseLongTailed } from "../../src/splits/choose-long-tailed.ts";
import { indicesByClass } from "../../src/splits/indices-by-class.ts";
import { longTailedPositions } from "../../src/splits/long-tailed-positions.ts";
import { longTailedSplit } from "../../src/splits/long-tailed-split.ts";
import { splitDigest } from "../../src/splits/split-digest.ts";

interface GoldenSplit {
  readonly dataset: string;
  readonly maxCount: number;
  readonly imbalanceRatio: number;
  readonly seed: number;
  readonly classCounts: readonly number[];
  readonly first: readonly (readonly number[])[];
  readonly digest: string;
}
const golden: { readonly splits: readonly GoldenSplit[] } = JSON.parse(
  readFileSync(new URL("../golden/splits.json", import.meta.url), "utf8"),
);

for (const { dataset, maxCount, imbalanceRatio, seed, classCounts, first, digest } of golden.splits) {
  test(`split: ${dataset} at ratio ${imbalanceRatio}, seed ${seed}, selects the same images as NumPy`, (t) => {
    const sizes = classCounts.map(() => maxCount);
    const positions = longTailedPositions(sizes, classCounts, seed);
    const begins = [positions[0], positions[1], positions.at(-1)].map((list) =>
      Array.from(list?.slice(0, 8) ?? []),
    );
    t.deepEqual(begins, first);
    t.is(splitDigest(positions), digest);
  });
}

/** Labels in a mixed file order: image i has class (3 · i) mod 10. */
const mixedLabels = Int32Array.from({ length: 2000 }, (_, i) => (3 * i) % 10);

test("split: indices, positions and counts describe the same images", (t) => {
  const { classCounts, indices, positions } = longTailedSplit(mixedLabels, 10, 100);
  const byClass = indicesByClass(mixedLabels, 10);
  t.deepEqual(
    Array.from(indices),
    positions.flatMap((list, c) => Array.from(list, (p) => byClass[c]?.[p] ?? -1)),
  );
  t.deepEqual(
    positions.map((list) => list.length),
    [...classCounts],
  );
  t.is(new Set(indices).size, indices.length);
  t.deepEqual(indices, chooseLongTailed(mixedLabels, classCounts));
});

test("split: the first positions of a class do not depend on the ratio", (t) => {
  const wide = longTailedSplit(mixedLabels, 10, 10).positions;
  const narrow = longTailedSplit(mixedLabels, 10, 100).positions;
  for (const [c, list] of narrow.entries()) t.deepEqual(list, wide[c]?.slice(0, list.length));
});

test("split: choosing leaves labels and counts as they were", (t) => {
  const labels = Int32Array.from(mixedLabels);
  const counts = Object.freeze([200, 3, 2, 2, 2, 2, 2, 2, 1, 0]);
  t.is(chooseLongTailed(labels, counts).length, 216);
  t.deepEqual(labels, mixedLabels);
});

test("split: the error names a class with fewer images than its count", (t) => {
  t.throws(() => chooseLongTailed([0, 0, 1], [2, 2]), {
    instanceOf: FailureError,
    code: "TOO_FEW_IMAGES",
    message: /2 images of class 1, which has 1;/,
  });
});

test("split: a label that is no class is named with its image", (t) => {
  t.throws(() => chooseLongTailed([0, 1, 2], [1, 1]), {
    instanceOf: FailureError,
    code: "LABEL_OUT_OF_RANGE",
    message: /\[0, 1\], got 2 at image 2;/,
  });
});

test("split: a count that is negative or missing is refused", (t) => {
  t.throws(() => longTailedPositions([5, 5], [5, -1]), {
    instanceOf: UsageError,
    code: "CLASS_COUNT_OUT_OF_RANGE",
    message: /class 1 .+ at least 0, got -1;/,
  });
  t.throws(() => longTailedPositions([5, 5], [5]), {
    instanceOf: UsageError,
    code: "COUNTS_MISMATCH",
    message: /2 counts.+ got 1;/,
  });
});

test("split digest: SHA-256 of the positions as JSON without spaces", (t) => {
  // printf '[[2,0],[1]]' | sha256sum
  t.is(
    splitDigest([Int32Array.of(2, 0), [1]]),
    "37d71e0c3d858ff5136156e83e3ee3fbd4b9b4a08ddd5e252d12eca4809a1bc6",
  );
});
