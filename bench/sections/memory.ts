import { compare } from "../statistics.ts";
import type { Section } from "./section.ts";

/** CIFAR's images in memory; few are trained on, so that ten epochs take a minute. */
const settings = { images: 600, classes: 100, setSize: 50_000, testImages: 600 } as const;
const epochs = 10;

/** What a stage I holds in memory. */
export const memorySection: Section = {
  name: "memory",
  about: "resident memory over ten short epochs of stage I on images of CIFAR's number",
  rounds: 1,
  comparesWithPyTorch: false,
  async run(processes, rounds) {
    const first: number[] = [];
    const last: number[] = [];
    const peak: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const kit = processes.kit();
      const { residentBytes } = await kit.ask("stage-one-epoch", settings);
      for (let epoch = 2; epoch < epochs; epoch++) await kit.ask("stage-one-epoch", settings);
      const end = await kit.ask("stage-one-epoch", settings);
      await kit.end();
      first.push(residentBytes);
      last.push(end.residentBytes);
      peak.push(end.peakBytes);
    }
    return [
      {
        title: "Memory of stage I with mixup",
        unit: "bytes",
        rows: compare({
          "after the first epoch": first,
          [`after epoch ${epochs}`]: last,
          "the most at any time": peak,
        }),
      },
    ];
  },
};
