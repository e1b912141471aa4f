import { forwardSection } from "./forward.ts";
import { imagesSection } from "./images.ts";
import { kernelSection } from "./kernel.ts";
import { memorySection } from "./memory.ts";
import { processesSection } from "./processes.ts";
import { scalingSection } from "./scaling.ts";
import type { Section } from "./section.ts";
import { stageTwoSection } from "./stage-two.ts";
import { startUpSection } from "./start-up.ts";
import { trainingStepSection } from "./training-step.ts";

/** Every section, in the order of the table. */
export const sections: readonly Section[] = [
  trainingStepSection,
  forwardSection,
  imagesSection,
  stageTwoSection,
  startUpSection,
  memorySection,
  processesSection,
  scalingSection,
  kernelSection,
];
