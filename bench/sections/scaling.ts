import type { Processes } from "../processes.ts";
import type { Group } from "../results.ts";
import { compare } from "../statistics.ts";
import { takeTurns } from "../take-turns.ts";
import type { Section } from "./section.ts";

const images = 1024;
/** [images of an epoch, classes] */
const sizes = [
  [images, 10],
  [2 * images, 10],
  [4 * images, 10],
  [images, 100],
  [images, 1000],
] as const;
const seedCounts = [1, 2, 3] as const;

async function epochs(processes: Processes, rounds: number): Promise<Group[]> {
  const peaks: Record<string, number[]> = {};
  const turns = sizes.map(([count, classes]) => {
    const kit = processes.kit();
    const name = `${count.toLocaleString("en")} images, ${classes.toLocaleString("en")} classes`;
    const turn = async () => {
      const settings = { images: count, classes, setSize: count, testImages: 0 };
      const { seconds, peakBytes } = await kit.ask("stage-one-epoch", settings);
      peaks[name] = Array.from({ length: rounds }, () => peakBytes);
      return seconds;
    };
    return [name, turn] as const;
  });
  const seconds = await takeTurns(rounds, Object.fromEntries(turns));
  await processes.end();
  return [
    { title: "Epoch of stage I, by images and classes", unit: "seconds", rows: compare(seconds) },
    { title: "The most memory at any time, by images and classes", unit: "bytes", rows: compare(peaks) },
  ];
}

async function seeds(processes: Processes, rounds: number): Promise<Group[]> {
  const measured = seedCounts.map((count) => ({
    name: count === 1 ? "1 seed" : `${count} seeds`,
    count,
    seconds: [] as number[],
    peaks: [] as number[],
  }));
  for (let round = 0; round < rounds; round++) {
    for (const { count, seconds, peaks } of measured) {
      // A new process each time, whose memory nothing else has raised.
      const measures = await processes.kit().ask("run-of-seeds", { seeds: count, images });
      await processes.end();
      seconds.push(measures.seconds);
      peaks.push(measures.peakBytes);
    }
  }
  const about = `${images.toLocaleString("en")} images, tracing included`;
  return [
    {
      title: `Seeds, one after another in one process (${about})`,
      unit: "seconds",
      rows: compare(Object.fromEntries(measured.map(({ name, seconds }) => [name, seconds]))),
    },
    {
      title: "The most memory at any time, by seeds",
      unit: "bytes",
      rows: compare(Object.fromEntries(measured.map(({ name, peaks }) => [name, peaks]))),
    },
  ];
}

/** How time and memory grow. */
export const scalingSection: Section = {
  name: "scaling",
  about: "time and memory with 1, 2 and 4 times the images, 10 to 1,000 classes, 1 to 3 seeds",
  rounds: 3,
  comparesWithPyTorch: false,
  run: async (processes, rounds) => [
    ...(await epochs(processes, rounds)),
    ...(await seeds(processes, rounds)),
  ],
};
