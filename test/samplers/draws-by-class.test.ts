import test from "ava";
import { drawsByClass } from "../../src/samplers/draws-by-class.ts";
import { samplerNames } from "../../src/samplers/sampler.ts";
import { longTailedCounts } from "../../src/splits/long-tailed-counts.ts";

const classCounts = longTailedCounts(500, 10, 100);
const images = classCounts.reduce((sum, count) => sum + count, 0);

test("drawsByClass: the number of draws equals the number of images for all samplers", (t) => {
  for (const sampler of samplerNames) {
    const { drawn } = drawsByClass(sampler, classCounts);
    t.is(
      drawn.reduce((sum, count) => sum + count, 0),
      images,
      sampler,
    );
  }
});

test("drawsByClass: instance draws every image once", (t) => {
  t.deepEqual(drawsByClass("instance", classCounts), {
    drawn: classCounts,
    timesEach: classCounts.map(() => 1),
  });
});

test("drawsByClass: the balanced samplers repeat the images of the rarest class, the reversed one most of all", (t) => {
  const rarest = (sampler: (typeof samplerNames)[number]) =>
    drawsByClass(sampler, classCounts).timesEach[9] ?? 0;
  const even = images / 10 / 5;
  t.true(Math.abs(rarest("class-balanced") - even) < 0.25 * even);
  t.true(Math.abs(rarest("class-aware") - even) < 0.1 * even);
  t.true(rarest("reversed") > 3 * even);
});

test("drawsByClass: equal seeds draw the same, another seed otherwise", (t) => {
  const draw = (seed: number) => drawsByClass("reversed", classCounts, seed);
  t.deepEqual(draw(1), draw(1));
  t.notDeepEqual(draw(1), draw(2));
});
