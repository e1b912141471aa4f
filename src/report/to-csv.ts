import type { Measured, TableModel } from "./table-model.ts";

const measuredNames = [
  ...["percent", "deviation", "difference", "seeds", "origin"],
  ...["gain", "gain_low", "gain_high", "gain_pairs"],
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

function measuredFields(measured: Measured | null): (string | number | null)[] {
  if (measured === null) return measuredNames.map(() => null);
  const { percent, deviation, difference, gain, runs, origin } = measured;
  const [low, high] = gain?.interval ?? [null, null];
  const seeds = runs.map(({ seed }) => seed).join(" ");
  return [
    ...[number(percent), number(deviation), number(difference), seeds, origin],
    ...[number(gain?.points ?? null), number(low), number(high), gain?.pairs ?? null],
  ];
}

/**
 * A table as CSV (RFC 4180), one line a cell, for further computing; percent with 4 decimals, absent numbers empty.
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
