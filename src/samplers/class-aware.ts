import type { Sampler } from "./sampler.ts";
import { shuffledCycle } from "./shuffled-cycle.ts";

/** Images drawn per visit of a class (code: MisLAS, `num_samples_cls`). */
const imagesPerVisit = 4;

/**
 * Visits the classes in a shuffled cycle and draws four images per visit from the class's own shuffled cycle.
 *
 * @source code: MisLAS `ClassAwareSampler`
 */
export const classAware: Sampler = (classIndices, stream) => {
  const cycles = classIndices.map((images) => shuffledCycle(Array.from(images), stream));
  const nextClass = shuffledCycle(cycles, stream);
  let nextImage = nextClass();
  let left = imagesPerVisit;
  return () => {
    if (left === 0) {
      nextImage = nextClass();
      left = imagesPerVisit;
    }
    left -= 1;
    return nextImage();
  };
};
