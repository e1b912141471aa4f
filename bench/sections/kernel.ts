import type { Group } from "../results.ts";
import { compare } from "../statistics.ts";
import type { Section } from "./section.ts";

/** Kernels by the name in the table. */
const kernels = {
  "h2t-ts": "h2t-ts",
  "h2t-tslab": "h2t-tslab",
  "stock tslab": "tslab",
  "ipykernel (Python)": "python3",
} as const;
type KernelName = (typeof kernels)[keyof typeof kernels];

const lines = 20_000;
const trivialCells = 20;
const completions = 5;
const warmUpRounds = 1;

const printing = (kernel: KernelName) =>
  kernel === "python3"
    ? `for i in range(${lines}): print(f"line {i}")`
    : `for (let i = 0; i < ${lines}; i++) console.log(\`line \${i}\`);`;

/** What is measured of each kernel: a group's title and unit. */
const quantities = {
  start: ["Kernel: start until it says what it is", "seconds"],
  firstCell: ["Kernel: first cell, `1 + 1`, sent at once", "seconds"],
  cell: [`Kernel: later cells, ${trivialCells} a start`, "seconds"],
  completion: ["Kernel: completions after a dot", "seconds"],
  lines: [`Kernel: lines that arrive of ${lines.toLocaleString("en")} in one cell`, "lines"],
  rate: ["Kernel: lines that arrive, until it is idle", "lines/s"],
  memoryBefore: ["Kernel: resident memory before the first cell", "bytes"],
  memoryAfter: ["Kernel: resident memory after the first cell", "bytes"],
} as const satisfies Record<string, readonly [title: string, unit: Group["unit"]]>;
type Quantity = keyof typeof quantities;

/** Our kernel's two engines beside stock tslab and Python's kernel. */
export const kernelSection: Section = {
  name: "kernel",
  about: "Jupyter kernels: start, cells, completions, output and memory, beside stock tslab and ipykernel",
  rounds: 5,
  comparesWithPyTorch: false,
  async run(processes, rounds) {
    const jupyter = processes.kernels();
    const measured = new Map<Quantity, Record<string, number[]>>();
    const note = (quantity: Quantity, name: string, value: number) => {
      const values = measured.get(quantity) ?? {};
      measured.set(quantity, { ...values, [name]: [...(values[name] ?? []), value] });
    };
    /** The whole life of a kernel, so that no two are there at once. */
    const live = async (name: string, kernel: KernelName, tell: typeof note) => {
      const start = await jupyter.ask("start", { kernel });
      tell("start", name, start.seconds);
      tell("memoryBefore", name, start.residentBytes);
      const first = await jupyter.ask("cell", { kernel, code: "1 + 1" });
      tell("firstCell", name, first.seconds);
      tell("memoryAfter", name, first.residentBytes);
      for (let i = 0; i < trivialCells; i++)
        tell("cell", name, await jupyter.seconds("cell", { kernel, code: `${i} + 1` }));
      for (let i = 0; i < completions; i++)
        tell("completion", name, await jupyter.seconds("complete", { kernel, code: `"text ${i}".s` }));
      const printed = await jupyter.ask("cell", { kernel, code: printing(kernel) });
      tell("lines", name, printed.lines ?? 0);
      tell("rate", name, (printed.lines ?? 0) / printed.seconds);
      await jupyter.ask("stop", { kernel });
    };
    const turns = Object.entries(kernels);
    for (let round = -warmUpRounds; round < rounds; round++) {
      for (const [name, kernel] of round % 2 === 0 ? turns : turns.toReversed())
        await live(name, kernel, round < 0 ? () => {} : note);
    }
    return Object.entries(quantities).map(([quantity, [title, unit]]) => ({
      ...{ title, unit, rows: compare(inOrder(measured.get(quantity as Quantity) ?? {})) },
    }));
  },
};

/** Rows in the order of the kernels, whoever took the first turn. */
const inOrder = (values: Readonly<Record<string, readonly number[]>>) =>
  Object.fromEntries(Object.keys(kernels).map((name) => [name, values[name] ?? []]));
