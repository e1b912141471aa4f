import type { Sampler } from "./sampler.ts";
import { shuffledCycle } from "./shuffled-cycle.ts";

/** Images drawn at each visit of a class (code: MisLAS, `num_samples_cls`). */
const imagesAVisit = 4;

/** Classes in a shuffled cycle; a visit yields four images of the class's own shuffled cycle (code: MisLAS `ClassAwareSampler`). */
export const classAware: Sampler = (classIndices, stream) => {
  const cycles = classIndices.map((images) => shuffledCycle(Array.from(images), stream));
  const nextClass = shuffledCycle(cycles, stream);
  let nextImage = nextClass();
  let left = imagesAVisit;
  return () => {
    if (left === 0) {
      nextImage = nextClass();
      left = imagesAVisit;
    }
    left -= 1;
    return nextImage();
  };
};
