import type { Sampler } from "./sampler.ts";
import { shuffledCycle } from "./shuffled-cycle.ts";

/** Draws every image once per epoch: p = 1/N (paper Eq. 3). */
export const instance: Sampler = (classIndices, stream) =>
  shuffledCycle(
    classIndices.flatMap((images) => Array.from(images)),
    stream,
  );
