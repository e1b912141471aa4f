import type { Analysis } from "../../analysis/analysis.ts";
import type { StoredRecord } from "../../runs/records.ts";
import { duration } from "../duration.ts";
import { escapeHtml } from "../escape-html.ts";
import { learningCurves, type NamedRun } from "../figures/learning-curves.ts";
import { profileTexts } from "../setting-titles.ts";
import { keepers } from "../tables/table-model.ts";
import { type PageFigure, settingFigures } from "./figures.ts";
import { short } from "./origin-lines.ts";
import { mainGains, settingGains } from "./page-gains.ts";
import { isOfPaper, type PageSetting } from "./page-settings.ts";
import { plotOf } from "./plot.ts";
import type { PageTable } from "./setting-tables.ts";
import { tableHtml } from "./tables.ts";
import { type FilledSetting, gainsFigure } from "./verdict.ts";

const distinct = <Value>(values: readonly Value[]) => [...new Set(values)];

/** `5 of 42`: the numbers of the paper in a section that have one of ours. */
function coverage(tables: readonly PageTable[]): string[] {
  const cells = tables
    .filter(({ folded }) => !folded)
    .flatMap(({ model }) => model.rows.flatMap((row) => row.cells))
    .filter((cell) => cell.published !== null);
  const found = cells.filter((cell) => keepers.some((keeper) => cell[keeper] !== null));
  return cells.length === 0 ? [] : [`${found.length} of ${cells.length}`];
}

function factsOf({ setting, tables }: FilledSetting): string {
  const { records, dataset } = setting;
  const counts = keepers.flatMap((keeper) => {
    const own = records.filter((stored) => stored.keeper === keeper).length;
    return own === 0 ? [] : [`${own} ${keeper}`];
  });
  const seconds = records.reduce((sum, { record }) => sum + record.provenance.wallSeconds, 0);
  const packs = distinct(
    records.map(({ record: { data } }) => `${data.origin}, digest ${short(data.digest)}`),
  );
  const covered = isOfPaper(dataset) ? coverage(tables) : [];
  const facts = [
    ["Runs", counts.join(", ")],
    ["Training time", duration(seconds)],
    ["Images", packs.join("; ")],
    ...covered.map((text) => ["Numbers of the paper with ours", text]),
  ];
  return `<dl class="facts">${facts.map(([label = "", value = ""]) => `<div><dt>${label}</dt><dd>${escapeHtml(value)}</dd></div>`).join("")}</dl>`;
}

/** What a reader must know before the numbers. */
function warningsOf({ profile, dataset, records }: PageSetting): string[] {
  const isReEncoded = records.some(({ record }) => record.data.origin === "re-encoded");
  return [
    `Profile ${profileTexts[profile]}.`,
    ...(isOfPaper(dataset) && profile !== "paper"
      ? ["Ours trained for fewer epochs than the paper's, which is part of every difference."]
      : []),
    ...(isOfPaper(dataset)
      ? []
      : ["The paper has no numbers for these images, so methods can be compared only with each other."]),
    ...(isReEncoded ? ["Some images are re-encoded: close to the official ones, not equal to them."] : []),
  ];
}

/** Runs of a section's main tables, with their row's name, each row once. */
function namedRuns(tables: readonly PageTable[], records: readonly StoredRecord[]): NamedRun[] {
  const byId = new Map(records.map(({ record }) => [record.runId, record]));
  const found = new Map<string, NamedRun>();
  const columns = tables
    .filter(({ folded }) => !folded)
    .flatMap(({ model }) =>
      model.rows.flatMap((row) =>
        row.cells.map((cell, i) => ({ row, cell, column: model.columns[i], several: model.columns.length })),
      ),
    );
  for (const { row, cell, column } of columns) {
    const [run] = keepers.flatMap((keeper) => cell[keeper]?.runs ?? []);
    const record = run && byId.get(run.runId);
    if (record === undefined || found.has(record.runId)) continue;
    const ratio = column?.label.startsWith("ratio") ? `, ${column.label}` : "";
    found.set(record.runId, { label: `${row.name}${ratio}`, record });
  }
  return [...found.values()];
}

function curvesOf({ setting, tables }: FilledSetting): string {
  const runs = namedRuns(tables, setting.records);
  const stages = [
    { stage: "I", kind: "representation" },
    { stage: "II", kind: "classifier" },
  ] as const;
  return stages
    .flatMap(({ stage, kind }) => {
      const own = runs.filter(({ record }) => record.configuration.stage.kind === kind);
      if (own.length === 0) return [];
      return drawn(learningCurves(own, stage), `${setting.id}-curves-${stage}`, setting);
    })
    .join("\n");
}

/** Panels side by side, which a phone is too narrow for. */
const wideFigures: ReadonlySet<string> = new Set(["figure-3", "figure-4"]);

/** A figure of the page, its title unique by the section's. */
function drawn(
  { name, title, caption, altText, plotly }: PageFigure["figure"],
  id: string,
  setting: PageSetting,
): string {
  const plot = plotOf(id, plotly, altText);
  const box = wideFigures.has(name) ? `<div class="scroll bare">${plot}</div>` : plot;
  return `<figure class="drawn"><h3>${escapeHtml(`${title} (${setting.title})`)}</h3>
${box}
<figcaption>${escapeHtml(caption)}</figcaption></figure>`;
}

/**
 * All that was measured on one data set under one profile.
 *
 * @param filled - the section and its tables.
 * @param analyses - as `readAnalyses` returns them.
 * @param showsGains - false where the verdict has them.
 */
export function settingSection(
  filled: FilledSetting,
  analyses: readonly Analysis[],
  showsGains: boolean,
): string {
  const { setting, tables } = filled;
  const { id, title, records } = setting;
  const figures = settingFigures(setting, analyses).map(({ name, heading, figure }) =>
    drawn({ ...figure, title: `${heading}. ${figure.title}` }, `${id}-${name}`, setting),
  );
  const gains = showsGains
    ? gainsFigure(mainGains(settingGains(setting, tables)), `${id}-gains`, `What H2T adds: ${title}`)
    : "";
  return `<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${escapeHtml(title)}</h2>
<p>${warningsOf(setting).map(escapeHtml).join(" ")}</p>
${factsOf(filled)}
${gains}
${tables.map((table) => tableHtml(table, records)).join("\n")}
${figures.join("\n")}
${curvesOf(filled)}
</section>`;
}
