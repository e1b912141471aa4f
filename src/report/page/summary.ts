import { escapeHtml } from "../../escape-html.ts";
import type { Profile, StandInName } from "../../paper/experiment.ts";
import { profiles, standInNames } from "../../paper/experiment.ts";
import type { StoredRecord } from "../../paper/records.ts";
import { duration } from "../duration.ts";
import { dash, formatDifference, formatGain, formatInterval } from "../percent.ts";
import { datasetTitles, profileTexts } from "../setting-titles.ts";
import { type Keeper, keepers, type TableModel } from "../table-model.ts";
import { distancesOf, type FusionGain, fusionGainsOf } from "./distances.ts";
import { rowsByRun } from "./runs.ts";
import type { PageSection } from "./sections.ts";

/** What was run under one profile on one stand-in, or on the paper's data. */
interface Setting {
  readonly profile: Profile;
  readonly standIn: StandInName | null;
  readonly records: readonly StoredRecord[];
  /** Tables of the paper and studies, with their headings. */
  readonly tables: readonly { readonly heading: string; readonly model: TableModel }[];
}

const count = (n: number, what: string) => `${n} ${n === 1 ? what : `${what}s`}`;
const distinct = <Value>(values: readonly Value[]) => [...new Set(values)];

/** The fullest first. */
function settingsOf(records: readonly StoredRecord[], sections: readonly PageSection[]): Setting[] {
  const tables = sections.flatMap(({ heading, tables }) =>
    tables.flatMap(({ model, folded }) => (folded ? [] : [{ heading, model }])),
  );
  const isOn = (dataset: string, standIn: StandInName | null) =>
    standIn === null ? !standInNames.some((name) => name === dataset) : dataset === standIn;
  return [...profiles].reverse().flatMap((profile) =>
    [null, ...standInNames].flatMap((standIn) => {
      const own = records.filter(
        ({ record }) => record.profile === profile && isOn(record.configuration.dataset, standIn),
      );
      const ownTables = tables.filter(
        ({ model: { options } }) => options.profile === profile && options.standIn === standIn,
      );
      return own.length === 0 ? [] : [{ profile, standIn, records: own, tables: ownTables }];
    }),
  );
}

/** How many of a table's published numbers have one of ours beside them. */
function coverage({ heading, model }: Setting["tables"][number]): string[] {
  const published = model.rows.flatMap(({ cells }) => cells.filter((cell) => cell.published !== null));
  const found = published.filter((cell) => keepers.some((keeper) => cell[keeper] !== null));
  return found.length === 0 ? [] : [`${heading}: ${found.length} of ${published.length}`];
}

function factsOf({ records, tables, standIn }: Setting): string {
  const keeperCounts = keepers.flatMap((keeper) => {
    const own = records.filter((stored) => stored.keeper === keeper).length;
    return own === 0 ? [] : [`${own} ${keeper}`];
  });
  const seconds = records.reduce((sum, { record }) => sum + record.provenance.wallSeconds, 0);
  const rows = distinct([...rowsByRun(records).values()]);
  const seeds = distinct(records.map(({ record }) => record.seed)).sort((a, b) => a - b);
  const images = distinct(
    records.map(({ record }) => `${datasetTitles[record.configuration.dataset]} (${record.data.origin})`),
  );
  const covered = standIn === null ? tables.flatMap(coverage) : [];
  const facts = [
    ["Rows", String(rows.length)],
    ["Runs", `${keeperCounts.join(", ")}; ${duration(seconds)} of training`],
    [seeds.length === 1 ? "Seed" : "Seeds", seeds.join(", ")],
    ["Images", images.join(", ")],
    ...(covered.length > 0 ? [["Published numbers with ours beside", covered.join(", ")]] : []),
  ];
  return `<dl class="facts">${facts.map(([label = "", value = ""]) => `<div><dt>${label}</dt><dd>${escapeHtml(value)}</dd></div>`).join("")}</dl>`;
}

/** What a reader must know before the numbers. */
function warningsOf({ profile, standIn, records }: Setting): string[] {
  return [
    standIn !== null && `On ${standIn} the methods can be compared with each other, not with the paper.`,
    standIn === null &&
      profile !== "paper" &&
      "Ours trained shorter than the paper's, which is part of every difference.",
    standIn === null &&
      records.some(({ record }) => record.data.origin === "re-encoded") &&
      "The images are re-encoded: close to the official bytes, not equal to them.",
  ].filter((warning) => warning !== false);
}

/** A small table with a row of headings; `parts` stand under a heading of their own where there are several. */
function smallTable(
  caption: string,
  heads: readonly string[],
  parts: readonly { readonly heading: string; readonly rows: readonly (readonly string[])[] }[],
): string {
  const body = parts.flatMap(({ heading, rows }) => [
    `<tr class="part"><th colspan="${heads.length}" scope="rowgroup">${escapeHtml(heading)}</th></tr>`,
    ...rows.map(
      ([first = "", ...cells]) =>
        `<tr><th scope="row">${first}</th>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`,
    ),
  ]);
  const label = escapeHtml(caption);
  return `<figure><figcaption>${label}</figcaption>
<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table>
<thead><tr>${heads.map((head) => `<th scope="col">${escapeHtml(head)}</th>`).join("")}</tr></thead>
<tbody>${body.join("\n")}</tbody></table></div></figure>`;
}

const keeperTexts = { shipped: "shipped records", yours: "your records" } as const satisfies Record<
  Keeper,
  string
>;

function distanceTables({ tables, standIn, profile }: Setting): string[] {
  const measured = tables.map(({ heading, model }) => ({ heading, distances: distancesOf(model) }));
  return keepers.flatMap((keeper) => {
    const parts = measured.flatMap(({ heading, distances }) => {
      const rows = distances
        .filter((distance) => distance.keeper === keeper)
        .map(({ column, methods, mean, least, most }) => [
          escapeHtml(column),
          String(methods),
          formatDifference(mean),
          methods === 1 ? "" : `${formatDifference(least)} to ${formatDifference(most)}`,
        ]);
      return rows.length === 0 ? [] : [{ heading, rows }];
    });
    const caption = `Ours minus the paper's, in percentage points: profile ${profile}, ${keeperTexts[keeper]}`;
    return parts.length === 0 || standIn !== null
      ? []
      : [smallTable(caption, ["Column", "Methods", "Mean", "From … to"], parts)];
  });
}

/** Ours with its interval, the paper's below it: what it prints, and what its own accuracies say where that is something else. */
function gainCell({ gain, printed, published }: FusionGain): string {
  const { points, interval, pairs } = gain;
  const spread = interval === null ? `${pairs} ${pairs === 1 ? "pair" : "pairs"}` : formatInterval(interval);
  const isOther = published !== null && printed !== null && Math.abs(published - printed) > 0.005;
  const paper = printed ?? published;
  return [
    `<span class="gain">${formatGain(points)}</span>`,
    `<span class="interval">${spread}</span>`,
    ...(paper === null ? [] : [`<span class="difference">paper ${formatGain(paper)}</span>`]),
    ...(isOther ? [`<span class="interval">its numbers ${formatGain(published)}</span>`] : []),
  ].join(" ");
}

const columnsOf = (gains: readonly FusionGain[]) => distinct(gains.map(({ column }) => column));

function gainRows(gains: readonly FusionGain[]): string[][] {
  return distinct(gains.map(({ method }) => method)).map((method) => {
    const own = gains.filter((one) => one.method === method);
    const cells = columnsOf(gains).map((column) => own.find((one) => one.column === column));
    return [
      `${escapeHtml(method)} <span class="base">over ${escapeHtml(own[0]?.base ?? "")}</span>`,
      ...cells.map((found) => (found === undefined ? dash : gainCell(found))),
    ];
  });
}

/** A table for those with equal columns. */
function gainTables({ tables, profile }: Setting): string[] {
  return keepers.flatMap((keeper) => {
    const parts = tables.flatMap(({ heading, model }) => {
      const gains = fusionGainsOf(model).filter((one) => one.keeper === keeper);
      return gains.length === 0 ? [] : [{ heading, columns: columnsOf(gains), rows: gainRows(gains) }];
    });
    const caption = `What H2T adds over all classes, in percentage points: profile ${profile}, ${keeperTexts[keeper]}`;
    const kinds = distinct(parts.map(({ columns }) => columns.join("\n")));
    return kinds.map((columns) => {
      const own = parts.filter((part) => part.columns.join("\n") === columns);
      const which = kinds.length === 1 ? "" : `; ${own.map(({ heading }) => heading).join(", ")}`;
      return smallTable(`${caption}${which}`, ["Method", ...columns.split("\n")], own);
    });
  });
}

function settingOf(setting: Setting): string {
  const { profile, standIn } = setting;
  const heading = `Profile ${profile}${standIn === null ? "" : ` on ${standIn}`}`;
  const [, text = ""] = profileTexts[profile].split(": ");
  const sentences = [`${text.charAt(0).toUpperCase()}${text.slice(1)}.`, ...warningsOf(setting)];
  return `<div class="setting"><h3>${escapeHtml(heading)}</h3>
<p>${sentences.map(escapeHtml).join(" ")}</p>
${factsOf(setting)}
<div class="side">${[...distanceTables(setting), ...gainTables(setting)].join("\n")}</div></div>`;
}

/**
 * What was reproduced, under which profile, how far it is from the paper and what H2T adds; a part for each profile and stand-in,
 * which are never mixed.
 *
 * @param records - as `readRecords` returns them.
 * @param sections - as `pageSections` makes them.
 */
export function summaryOf(records: readonly StoredRecord[], sections: readonly PageSection[]): string {
  const settings = settingsOf(records, sections);
  const trained = settings.some(({ profile, standIn }) => profile === "paper" && standIn === null);
  const names = distinct(settings.map(({ profile }) => profile));
  const sentences =
    records.length === 0
      ? ["Nothing is trained yet: the tables have the paper's numbers only."]
      : [
          `${count(records.length, "run")} under ${names.length === 1 ? "profile" : "profiles"} ${names.join(", ")}.`,
          trained ? "" : "No row is trained as published (profile paper) yet.",
          "Numbers of different profiles and data sets stand apart throughout.",
          "Pick a number in a table (click, tap, or arrow keys and Enter) to see where it comes from.",
        ];
  return `<section id="summary" aria-labelledby="summary-heading">
<h2 id="summary-heading">Summary</h2>
<p>${sentences
    .filter((sentence) => sentence !== "")
    .map(escapeHtml)
    .join(" ")}</p>
${settings.map(settingOf).join("\n")}
</section>`;
}
