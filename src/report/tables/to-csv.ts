import type { Estimate, Measured, TableModel } from "./table-model.ts";

const measuredNames = [
  ...["percent", "low", "high", "stage_one_seeds", "stage_one_percents", "stage_two_deviation"],
  ...["difference", "seeds", "origin", "digest"],
  ...["gain", "gain_low", "gain_high", "gain_stage_one_seeds", "gain_stage_one_points"],
  ...["gain_stage_two_deviation", "gain_pairs"],
];

const header = [
  "table",
  "profile",
  "stand_in",
  "method",
  "source",
  "column",
  "metric",
  "row_id",
  "base_row_id",
  "inferred",
  "published_percent",
  "published_gain",
  ...["shipped", "yours"].flatMap((keeper) => measuredNames.map((field) => `${keeper}_${field}`)),
  "command",
] as const;

/** RFC 4180: quoted where a comma, quote or line break is in it. */
const field = (value: string | number | null): string => {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const number = (value: number | null) => (value === null ? null : value.toFixed(4));

/** Interval, points and spread of a mean; several numbers of one field have spaces between them. */
function spreadFields(estimate: Estimate | null) {
  const { interval = null, stageOnes = [], stageTwo = null } = estimate ?? {};
  return {
    interval: interval === null ? [null, null] : interval.map(number),
    points: [
      stageOnes.map(({ seed }) => seed).join(" "),
      stageOnes.map(({ mean }) => number(mean)).join(" "),
      number(stageTwo?.deviation ?? null),
    ],
  };
}

function measuredFields(measured: Measured | null): (string | number | null)[] {
  if (measured === null) return measuredNames.map(() => null);
  const { percent, difference, gain, runs, origin, digest } = measured;
  const [own, gained] = [spreadFields(measured), spreadFields(gain)];
  const seeds = [...new Set(runs.map(({ seed }) => seed))].join(" ");
  return [
    ...[number(percent), ...own.interval, ...own.points],
    ...[number(difference), seeds, origin, digest],
    ...[number(gain?.points ?? null), ...gained.interval, ...gained.points, gain?.pairs ?? null],
  ];
}

/**
 * A table as CSV (RFC 4180), one line per cell, for further computing; percent with 4 decimals, absent numbers empty.
 *
 * @param model - as `renderTable` makes it.
 * @returns lines that end in CR LF.
 * @example const csv = toCsv(renderTable(findTable("table-5"), records, { profile: "paper" }));
 */
export function toCsv(model: TableModel): string {
  const { name, options, columns, rows } = model;
  const lines = rows.flatMap((row) =>
    row.cells.map((cell, i) => {
      const column = columns[i];
      return [
        name,
        options.profile,
        options.standIn,
        row.name,
        row.source,
        [column?.group, column?.label].filter((part) => typeof part === "string").join(" "),
        column?.metric ?? null,
        ...[cell.rowId, cell.base?.rowId ?? null, cell.inferred],
        ...[cell.published, cell.gain],
        ...measuredFields(cell.shipped),
        ...measuredFields(cell.yours),
        cell.command,
      ];
    }),
  );
  return [header, ...lines].map((fields) => `${fields.map(field).join(",")}\r\n`).join("");
}
