import { readFile } from "node:fs/promises";
import type { Analysis } from "../../analysis/analysis.ts";
import type { StoredRecord } from "../../runs/records.ts";
import { storeFile } from "../../storage/store-file.ts";
import { escapeHtml } from "../escape-html.ts";
import { plotlyScriptFile } from "../plotly-script.ts";
import { methodSection, unmeasuredSection } from "./background.ts";
import { citationOf, paperTitle } from "./citation.ts";
import { deviationsOf } from "./deviations.ts";
import { absentFigures, settingFigures } from "./figures.ts";
import { findingsSection } from "./findings.ts";
import { pageSettings } from "./page-settings.ts";
import { scriptText } from "./plot.ts";
import { runsOf } from "./runs.ts";
import { pageScript } from "./script.ts";
import { settingSection } from "./setting-section.ts";
import { settingTables } from "./setting-tables.ts";
import { pageStyle } from "./style.ts";
import { verdictSection, verdictSettings } from "./verdict.ts";

/** What the page is made from. */
export interface PageContent {
  /** As `readRecords` returns them. */
  readonly records: readonly StoredRecord[];
  /** As `readAnalyses` does. */
  readonly analyses: readonly Analysis[];
  /** The kit's. */
  readonly version: string;
}

/** Links to what has an id, under a heading. */
const contentsOf = (heading: string, entries: readonly { readonly id: string; readonly heading: string }[]) =>
  `<li><span>${heading}</span><ul>${entries
    .map((entry) => `<li><a href="#${entry.id}">${escapeHtml(entry.heading)}</a></li>`)
    .join("")}</ul></li>`;

/** What the page shows, worked out once. */
function partsOf(records: readonly StoredRecord[], analyses: readonly Analysis[]) {
  const filled = pageSettings(records).map((setting) => ({ setting, tables: settingTables(setting) }));
  const inVerdict = new Set(verdictSettings(filled).map(({ setting }) => setting.id));
  const figures = new Set(
    filled.flatMap(({ setting }) => settingFigures(setting, analyses).map(({ name }) => name)),
  );
  // A table on CIFAR-10-LT alone is none of the paper's.
  const tables = new Set(filled.flatMap((one) => one.tables.flatMap(({ model }) => model.name)));
  return {
    filled,
    sections: filled.map((one) => settingSection(one, analyses, !inVerdict.has(one.setting.id))),
    findings: findingsSection(records),
    unmeasured: unmeasuredSection(tables, absentFigures(figures)),
  };
}

/**
 * The report as one page that needs no network: a verdict, a section per data set and profile, findings, and where all comes from.
 *
 * @param content - what it is made from.
 * @param plotlyScript - text of plotly.js's cartesian bundle.
 * @returns an HTML document.
 */
export function renderPage({ records, analyses, version }: PageContent, plotlyScript: string): string {
  const { filled, sections, findings, unmeasured } = partsOf(records, analyses);
  const measured = filled.map(({ setting: { id, title } }) => ({ id, heading: title }));
  const background = [
    { id: "method", heading: "The method" },
    { id: "deviations", heading: "Deviations" },
    ...(unmeasured === "" ? [] : [{ id: "unmeasured", heading: "Not measured yet" }]),
    { id: "runs", heading: "Machines and runs" },
    { id: "cite", heading: "How to cite" },
  ];
  const contents = [
    contentsOf("Overview", [
      { id: "verdict", heading: "Verdict" },
      ...(findings === "" ? [] : [{ id: "findings", heading: "Findings" }]),
    ]),
    ...(measured.length > 0 ? [contentsOf("Measured", measured)] : []),
    contentsOf("Background", background),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>h2t-kit report</title>
<link rel="icon" href="data:,">
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>Head-to-tail fusion, reproduced</h1>
<p>The tables and figures of <cite>${paperTitle}</cite> (AAAI 2024) next to what h2t-kit ${escapeHtml(version)} measured. Pick any number in a table to see where it comes from.</p>
</header>
<nav aria-label="Contents"><details open><summary>Contents</summary><ul>${contents.join("\n")}</ul></details></nav>
<main>
${verdictSection(filled)}
${findings}
${sections.join("\n")}
${methodSection()}
${deviationsOf()}
${unmeasured}
${runsOf(records)}
${citationOf(version)}
</main>
<aside id="origin" aria-label="Where this number comes from" aria-live="polite" hidden></aside>
<script>${scriptText(plotlyScript)}</script>
<script>${scriptText(pageScript)}</script>
</body>
</html>
`;
}

/**
 * Writes the report page, whole or not at all.
 *
 * @param file - such as `report/index.html`; its folder exists.
 * @param content - what it is made from.
 */
export async function writePage(file: string, content: PageContent): Promise<void> {
  const plotly = plotlyScriptFile();
  await storeFile(file, renderPage(content, await readFile(plotly, "utf8")));
}
