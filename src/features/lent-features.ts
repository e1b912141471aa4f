import type { Fusion } from "../fusion/fusion.ts";
import { pooledNoise } from "../fusion/lend-features.ts";
import type { RandomStream } from "../random.ts";

/** What a batch is lent: the fusing batch's features, or what an ablation puts there. */
export function lentFeatures(
  { content }: Extract<Fusion, { kind: "headToTail" }>,
  fusing: Float32Array,
  noise: RandomStream,
): Float32Array {
  if (content === "zeros") return new Float32Array(fusing.length);
  return content === "noise" ? pooledNoise(fusing.length, noise) : fusing;
}
