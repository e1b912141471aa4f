import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { threads } from "../src/engine/configure.ts";
import { fillTrainingBatch } from "../src/images/batch.ts";
import type { ImageSet } from "../src/images/image-set.ts";
import { resnet32 } from "../src/models/resnet32.ts";
import { mixupRepresentation, plainRepresentation } from "../src/paper/rows/recipes.ts";
import { randomStream } from "../src/random.ts";
import { representationStep } from "../src/training/representation-step.ts";

const help = `Times one ResNet-32 training step, ours beside PyTorch's, taking turns in one run.

  npm run bench -- --python PATH [--rounds 20] [--batch 128] [--mixup]

  --python  an interpreter that can import torch (\`pip install torch==2.13.0\` in a venv of its own)
  --mixup   ours as stage I has it; PyTorch's step stays plain

Ours is the step of training itself, images included: crop, flip and normalisation of every batch; PyTorch's images are
drawn once. Prints median, quartiles and the median of the paired ratios.`;

/** PyTorch in another process, which runs a step for each line that it is sent. */
class PyTorch {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  constructor(python: string, batch: number, memoryFormat: string) {
    const script = fileURLToPath(new URL("pytorch_step.py", import.meta.url));
    this.#process = spawn(python, [script, String(threads), String(batch), memoryFormat]);
    this.#process.stderr.pipe(process.stderr);
    this.#lines = createInterface(this.#process.stdout)[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error("PyTorch ended; can the interpreter of --python import torch?");
    return value;
  }

  async seconds(): Promise<number> {
    this.#process.stdin.write("\n");
    return Number(await this.line());
  }

  end(): void {
    this.#process.stdin.end();
  }
}

function generatedImages(count: number): ImageSet {
  const pixels = Uint8Array.from({ length: count * 32 * 32 * 3 }, (_, i) => (i * 2_654_435_761) >>> 24);
  const labels = Int32Array.from({ length: count }, (_, i) => i % 10);
  return { pixels, labels, height: 32, width: 32, numClasses: 10 };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round(share * (sorted.length - 1))] as number;
}

function row(name: string, values: readonly number[], digits: number): string {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(values, share).toFixed(digits));
  return `${name.padEnd(26)}${middle} (${low} to ${high})`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      python: { type: "string" },
      rounds: { type: "string", default: "20" },
      batch: { type: "string", default: "128" },
      mixup: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const write = (text: string) => process.stdout.write(`${text}\n`);
  if (values.help || values.python === undefined) {
    write(help);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const [rounds, batch] = [Number(values.rounds), Number(values.batch)];
  const set = generatedImages(batch);
  const data = { set, classIndices: [Int32Array.from({ length: batch }, (_, i) => i)] };
  const stage = values.mixup ? mixupRepresentation : plainRepresentation;
  const step = representationStep(resnet32(10), stage, data, 0);
  const train = step.beginEpoch(0);
  const indices = data.classIndices[0] as Int32Array;
  const ours = () => {
    const start = performance.now();
    train(indices, 0, 0.05);
    return (performance.now() - start) / 1000;
  };
  const augmentation = randomStream(0, "augmentation");
  const pixels = new Float32Array(batch * 32 * 32 * 3);
  const preparation = () => {
    const start = performance.now();
    fillTrainingBatch(pixels, set, indices, augmentation);
    return (performance.now() - start) / 1000;
  };
  const contiguous = new PyTorch(values.python, batch, "contiguous");
  const channelsLast = new PyTorch(values.python, batch, "channels_last");
  write(`${await contiguous.line()}, ${threads} threads, batch ${batch}, ${rounds} rounds`);
  await channelsLast.line();
  const times: Record<"ours" | "preparation" | "contiguous" | "channelsLast", number[]> = {
    ours: [],
    preparation: [],
    contiguous: [],
    channelsLast: [],
  };
  for (let round = -3; round < rounds; round++) {
    const one = [ours(), await contiguous.seconds(), await channelsLast.seconds()] as const;
    // The first rounds warm up.
    if (round < 0) continue;
    times.ours.push(one[0]);
    times.preparation.push(preparation());
    times.contiguous.push(one[1]);
    times.channelsLast.push(one[2]);
  }
  contiguous.end();
  channelsLast.end();
  const ratio = (theirs: readonly number[]) => theirs.map((t, i) => t / (times.ours[i] as number));
  write("seconds a step             median (quartiles)");
  write(row("h2t-kit, compiled", times.ours, 3));
  write(row("  image preparation", times.preparation, 4));
  write(row("PyTorch, contiguous", times.contiguous, 3));
  write(row("PyTorch, channels_last", times.channelsLast, 3));
  write("speed relative to");
  write(row("PyTorch, contiguous", ratio(times.contiguous), 2));
  write(row("PyTorch, channels_last", ratio(times.channelsLast), 2));
  step.dispose();
}

await main();
