import { escapeHtml } from "../escape-html.ts";
import { gainsPlot } from "../figures/gains-plot.ts";
import { mean } from "../sample.ts";
import { stageOnesText } from "../tables/spread.ts";
import { keepers, type TableModel } from "../tables/table-model.ts";
import { mainGains, plottedGains, type SettingGain, settingGains } from "./page-gains.ts";
import { isOfPaper, longTailedTitle, type PageSetting } from "./page-settings.ts";
import { plotOf } from "./plot.ts";
import type { PageTable } from "./setting-tables.ts";

/** A section with its tables. */
export interface FilledSetting {
  readonly setting: PageSetting;
  readonly tables: readonly PageTable[];
}

/** The settings that the verdict is about: those of the profile nearest to the paper's, on the paper's data if there are such. */
export function verdictSettings(filled: readonly FilledSetting[]): readonly FilledSetting[] {
  const onPaper = filled.filter(({ setting }) => isOfPaper(setting.dataset));
  const [first] = onPaper.length > 0 ? onPaper : filled;
  return (onPaper.length > 0 ? onPaper : filled).filter(
    ({ setting }) => setting.profile === first?.setting.profile,
  );
}

const points = (value: number) => Math.abs(value).toFixed(2);

/** `1.43 to 6.23 points`, with a sign in words where they differ in it. */
function rangeText(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (least === most || points(least) === points(most)) return `${points(most)} points`;
  if (least >= 0) return `${points(least)} to ${points(most)} points`;
  if (most < 0) return `${points(most)} to ${points(least)} points`;
  return `between ${points(least)} points less and ${points(most)} more`;
}

/** `on CIFAR-10-LT in 2 of 2 comparisons, by 1.43 to 6.23 points (the paper: 1.11 to 3.72 points)`. */
function gainClause({ setting, tables }: FilledSetting): string[] {
  const own = mainGains(settingGains(setting, tables));
  if (own.length === 0) return [];
  const up = own.filter(({ gain }) => gain.points > 0);
  const published = own.flatMap((one) => one.published ?? []);
  const paper = published.length > 0 ? ` (the paper: ${rangeText(published)})` : "";
  const size = up.length > 0 ? `, by ${rangeText(up.map(({ gain }) => gain.points))}` : "";
  const stages = [...new Set(own.map(({ gain }) => gain.stageOnes.length))].sort((a, b) => a - b);
  const from = `from ${stages.map(stageOnesText).join(" or ")} each`;
  return [
    `in ${up.length} of ${own.length} ${own.length === 1 ? "comparison" : "comparisons"} on ${longTailedTitle(setting.dataset)}${size}${paper}, ${from}`,
  ];
}

/** Differences to the paper's numbers in the paper's tables. */
function differencesOf(tables: readonly PageTable[]) {
  const models = tables.filter(({ folded }) => !folded).map(({ model }) => model);
  const cells = models.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  const published = cells.filter((cell) => cell.published !== null);
  const differences = published.flatMap((cell) => {
    const [found] = keepers.flatMap((keeper) => cell[keeper]?.difference ?? []);
    return found === undefined ? [] : [found];
  });
  return { differences, published: published.length };
}

const originsOf = (models: readonly TableModel[]) => [
  ...new Set(
    models.flatMap(({ packs }) =>
      packs.flatMap((one) => [one.shipped, one.yours].flatMap((pack) => pack?.origin ?? [])),
    ),
  ),
];

/** `4.05 to 8.09 points below the paper's on CIFAR-10-LT (5 of 42 numbers, mean 6.03, re-encoded images)`. */
function distanceClause({ setting, tables }: FilledSetting): string[] {
  const { differences, published } = differencesOf(tables);
  if (differences.length === 0) return [];
  const below = differences.every((one) => one < 0);
  const above = differences.every((one) => one >= 0);
  const range = rangeText(differences);
  const side = below ? `${range} below` : above ? `${range} above` : `${range} than`;
  const average =
    differences.length > 1
      ? `, on average ${points(mean(differences))} points ${mean(differences) < 0 ? "below" : "above"}`
      : "";
  const images = originsOf(tables.map(({ model }) => model)).join(" and ");
  return [
    `${side} the paper's on ${longTailedTitle(setting.dataset)} (${differences.length} of ${published} numbers${average}; ${images} images)`,
  ];
}

const capitalised = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** The verdict in two sentences, from the models alone. */
export function verdictSentences(filled: readonly FilledSetting[]): readonly [string, string] {
  const chosen = verdictSettings(filled);
  const [first] = chosen;
  if (first === undefined) {
    return [
      "Nothing is measured yet, so every table below has the paper's numbers only.",
      "Run ./reproduce.sh to train the first rows.",
    ];
  }
  const { profile } = first.setting;
  const gains = chosen.flatMap(gainClause);
  const distances = chosen.flatMap(distanceClause);
  const gain =
    gains.length > 0
      ? `Trained with profile ${profile}, H2T raises accuracy over all classes ${gains.join("; ")}.`
      : `With profile ${profile} no row with H2T has been compared with its base yet.`;
  const distance =
    distances.length > 0
      ? `Our accuracies are ${distances.join("; ")}.`
      : `Ours were measured on ${chosen.map(({ setting }) => longTailedTitle(setting.dataset)).join(", ")}, so they cannot be compared with the paper's.`;
  return [capitalised(gain), distance];
}

/** A plot of gains, as a figure of the page; nothing without a gain. */
export function gainsFigure(gains: readonly SettingGain[], id: string, title: string): string {
  if (gains.length === 0) return "";
  const { caption, altText, plotly } = gainsPlot(plottedGains(gains), title);
  return `<figure class="drawn gains"><h3>${escapeHtml(title)}</h3>
${plotOf(id, plotly, altText)}
<figcaption>${escapeHtml(caption)}</figcaption></figure>`;
}

/** The first section: two sentences and the gains. */
export function verdictSection(filled: readonly FilledSetting[]): string {
  const chosen = verdictSettings(filled);
  const gains = chosen.flatMap(({ setting, tables }) => mainGains(settingGains(setting, tables)));
  const sentences = verdictSentences(filled).map((sentence) => `<span>${escapeHtml(sentence)}</span>`);
  const title = `What H2T adds: ${chosen.map(({ setting }) => setting.title).join("; ")}`;
  return `<section id="verdict" aria-labelledby="verdict-heading">
<h2 id="verdict-heading">Verdict</h2>
<p class="verdict">${sentences.join(" ")}</p>
${gainsFigure(gains, "gains", title)}
</section>`;
}
