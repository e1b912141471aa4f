import { existsSync, readdirSync } from "node:fs";

/** Work that a signal is to interrupt. */
interface InterruptedWork {
  /** Of `h2t`, with the folders of its own data sets and runs. */
  readonly args: (data: string, runs: string) => readonly string[];
  /** Of what must have been done before. */
  readonly before?: (data: string, runs: string) => readonly string[];
  /** Whether a process has begun it, by what it has written to stderr and by its folder of runs. */
  readonly hasBegun: (stderr: string, runs: string, pid: number | undefined) => boolean;
  /** Latest time of a signal after that, in milliseconds. */
  readonly latest: number;
  /** With what its last line must end. */
  readonly remedy: string;
}

const preparation = {
  latest: 3_000,
  remedy: "the same command makes it ready; a download goes on where it stopped",
} as const;

/** With batches of 128 images and the network of Table 1; its demo takes minutes, which the signals divide. */
const training = {
  row: "table-1/cifar10/100/dr-h2t",
  // Whoever trains has claimed a run; claims of others may be of some that did not stop in time.
  hasBegun: (_stderr: string, runs: string, pid: number | undefined) =>
    existsSync(runs) && readdirSync(runs).some((name) => name.endsWith(".lock") && name.includes(`-${pid}-`)),
  latest: 15_000,
  remedy: "the same command, without --fresh, goes on from its last finished epoch",
} as const;

/** The network of Table 1, too, in few epochs. */
const analysed = ["table-1/cifar10/50/ce-mixup@glyphs-10", "--profile", "trial"];

const inBoth = (data: string, runs: string) => ["--data", data, "--runs", runs];

/** All of it, in the order in which signals come to it. */
export const interruptedWorks = {
  "data packing": {
    ...preparation,
    args: (data) => ["data", "glyphs-100", "--data", data],
    hasBegun: (stderr) => stderr.includes("Drawing: "),
  },
  "a download": {
    ...preparation,
    args: (data) => ["data", "cifar10", "--data", data],
    hasBegun: (stderr) => stderr.includes("Downloading: "),
  },
  training: { ...training, args: (...folders) => ["run", training.row, ...inBoth(...folders)] },
  "training side by side": {
    ...training,
    hasBegun: (stderr) => stderr.includes("Chains to train: "),
    args: (...folders) => ["run", training.row, "--seeds", "0,1", "--jobs", "2", ...inBoth(...folders)],
  },
  "an analysis": {
    before: (...folders) => ["run", ...analysed, ...inBoth(...folders)],
    args: (...folders) => ["analyse", ...analysed, "--fresh", ...inBoth(...folders)],
    hasBegun: (stderr) => stderr.includes(": 1 of 1"),
    latest: 3_000,
    remedy: "the same command, without --fresh, goes on with the row that was interrupted",
  },
} as const satisfies Record<string, InterruptedWork>;
export type InterruptedWorkName = keyof typeof interruptedWorks;
