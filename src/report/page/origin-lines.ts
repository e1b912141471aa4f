import type { Engine, RunRecord } from "../../runs/record.ts";
import type { StoredRecord } from "../../runs/records.ts";
import { duration } from "../duration.ts";
import { formatPercent } from "../percent.ts";
import { origins, provenanceOf } from "../provenance.ts";
import { spreadText } from "../tables/spread.ts";
import type { Source } from "../tables/table-layout.ts";
import type { CellModel, Measured, RowModel } from "../tables/table-model.ts";

/** One line of where a number comes from: its label and its value. */
export type OriginLine = readonly [label: string, value: string];

/** Enough of a hash to be unique. */
export const short = (hash: string): string =>
  hash.replace(/^[0-9a-f]{12,}/, (digits) => digits.slice(0, 12));

/** `2026-11-23 18:31 UTC`. */
const minute = (iso: string) => `${iso.slice(0, 16).replace("T", " ")} UTC`;

/** What runs share once; what differs with the seeds that it is true of. */
function shared(records: readonly RunRecord[], describe: (record: RunRecord) => string): string {
  const seeds = new Map<string, number[]>();
  for (const record of records)
    seeds.set(describe(record), [...(seeds.get(describe(record)) ?? []), record.seed]);
  if (seeds.size < 2) return [...seeds.keys()].join();
  return [...seeds].map(([text, own]) => `${text} (seed ${own.join(", ")})`).join("; ");
}

const engineText = ({ device, threads, oneDnn }: Pick<Engine, "device" | "threads" | "oneDnn">) =>
  `${device}, ${threads} ${threads === 1 ? "thread" : "threads"}, oneDNN ${oneDnn ? "on" : "off"}`;

export const machineOf = ({ provenance }: RunRecord): string =>
  [
    ...provenance.earlier.flatMap(({ untilEpoch, ...engine }, i) => {
      const text = engineText(engine);
      return text === engineText(provenance.earlier[i + 1] ?? provenance)
        ? []
        : [`to epoch ${untilEpoch} ${text}`];
    }),
    engineText(provenance),
  ].join("; then ");

/** All that it was trained by, in the order of epochs. */
export const commitsOf = ({ provenance }: RunRecord): string[] => [
  ...new Set([...provenance.earlier, provenance].map(({ commit }) => short(commit ?? "unknown"))),
];

export const versionsOf = ({ provenance: { versions } }: RunRecord): string =>
  Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");

const runLines = ({ runs }: Measured): OriginLine[] =>
  runs.map(({ runId, seed, fromSeed, percent, epoch }) => {
    const from = fromSeed === null || fromSeed === seed ? "" : `, stage I of seed ${fromSeed}`;
    return [`Seed ${seed}`, `${formatPercent(percent)} at epoch ${epoch}, run ${runId}${from}`];
  });

function timeOf(records: readonly RunRecord[]): string {
  const seconds = records.map(({ provenance }) => provenance.wallSeconds);
  const total = duration(seconds.reduce((sum, one) => sum + one, 0));
  const each = records.length > 1 ? ` for ${records.length} runs` : "";
  const replayed = records.some(({ provenance }) => provenance.replayed);
  return `${total}${each}${replayed ? ", from features computed before" : ""}`;
}

function startOf(records: readonly RunRecord[]): string {
  const starts = records.map(({ provenance }) => provenance.startedAt).sort();
  const ends = [...new Set([starts[0] ?? "", starts.at(-1) ?? ""].map(minute))];
  return ends.join(" to ");
}

/**
 * Where the number in a cell comes from, line by line: row, seeds and their runs, images, commit, machine, time.
 *
 * @param records - those that the table was made from.
 * @returns for a number of the paper, or where there is none, one line.
 */
export function originLines(
  cell: CellModel,
  row: RowModel,
  source: Source,
  records: ReadonlyMap<string, StoredRecord>,
): OriginLine[] {
  const measured = source === "paper" ? null : cell[source];
  if (measured === null) return [["Source", provenanceOf(cell, row, source)]];
  const own = measured.runs.flatMap(({ file }) => records.get(file)?.record ?? []);
  const { gain } = measured;
  return [
    ["Row", cell.rowId ?? ""],
    ...runLines(measured),
    ["Unit", spreadText(measured)],
    ...measured.stageOnes.flatMap(({ seed, mean, runs }): OriginLine[] =>
      measured.stageOnes.length < 2 || runs < 2
        ? []
        : [[`Stage I ${seed}`, `${formatPercent(mean)}, mean of ${runs} stage-II seeds`]],
    ),
    ...(gain === null || cell.base === null
      ? []
      : [
          [
            "Paired with",
            `${cell.base.rowId}, ${gain.pairs} ${gain.pairs === 1 ? "pair" : "pairs"}`,
          ] as const,
        ]),
    ...(cell.inferred === null ? [] : [["Inferred", cell.inferred] as const]),
    ["Images", `${origins[measured.origin]}, digest ${shared(own, ({ data }) => short(data.digest))}`],
    ["Commit", shared(own, (record) => commitsOf(record).join(", then "))],
    ["Machine", shared(own, machineOf)],
    ["Versions", shared(own, versionsOf)],
    ["Wall time", timeOf(own)],
    ["Started", startOf(own)],
  ];
}
