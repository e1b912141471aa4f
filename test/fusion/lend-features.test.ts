import test from "ava";
import { drawChannelMask } from "../../src/fusion/head-to-tail.ts";
import { drawExpertMasks, pooledNoise } from "../../src/fusion/lend-features.ts";
import { randomStream } from "../../src/random.ts";

const stream = () => randomStream(0, "fusion", 2, 0);

test("channel masks: of one expert the mask that a batch draws", (t) => {
  const mask = drawExpertMasks(0.3, { channels: 64, experts: 1, moments: 1 }, stream());
  t.deepEqual(mask, drawChannelMask(0.3, 64, stream()));
});

test("channel masks: every expert's channels by a draw of its own, ⌊p·d⌋ of each", (t) => {
  const mask = drawExpertMasks(0.3, { channels: 192, experts: 3, moments: 1 }, stream());
  const experts = [0, 64, 128].map((start) => [...mask.subarray(start, start + 64)]);
  const one = stream();
  t.deepEqual(
    experts,
    experts.map(() => [...drawChannelMask(0.3, 64, one)]),
  );
  t.notDeepEqual(experts[0], experts[1]);
  t.deepEqual(
    experts.map((own) => own.reduce((sum, channel) => sum + channel, 0)),
    [19, 19, 19],
  );
});

test("channel masks: a channel's mean goes with its mean of squares", (t) => {
  const both = drawExpertMasks(0.4, { channels: 192, experts: 3, moments: 2 }, stream());
  const mask = drawExpertMasks(0.4, { channels: 192, experts: 3, moments: 1 }, stream());
  t.deepEqual([...both], [...mask, ...mask]);
});

test("noise: mean ½ and the variance of a mean of 64 uniform numbers", (t) => {
  const noise = pooledNoise(100_000, stream());
  const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
  const variance = noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noise.length;
  t.true(Math.abs(mean - 0.5) < 4 * Math.sqrt(1 / 768 / noise.length), String(mean));
  t.true(Math.abs(variance * 768 - 1) < 0.02, String(variance));
});
