import { readFile } from "node:fs/promises";
import { escapeHtml } from "../../escape-html.ts";
import type { Analysis } from "../../paper/analysis.ts";
import type { StoredRecord } from "../../paper/records.ts";
import { storeFile } from "../../store-file.ts";
import { plotlyScriptFile } from "../plotly-script.ts";
import { citationOf, paperTitle } from "./citation.ts";
import { deviationsOf } from "./deviations.ts";
import { figureSections, pageFigures } from "./figures.ts";
import { scriptText } from "./plot.ts";
import { runsOf } from "./runs.ts";
import { pageScript } from "./script.ts";
import { pageSections } from "./sections.ts";
import { pageStyle } from "./style.ts";
import { summaryOf } from "./summary.ts";
import { sectionOf } from "./tables.ts";

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

const last = [
  { id: "deviations", heading: "Deviations" },
  { id: "runs", heading: "Machines and runs" },
  { id: "cite", heading: "How to cite" },
] as const;

/**
 * The report as one page that needs no network: summary, every table beside the paper's numbers, every figure.
 *
 * @param content - what it is made from.
 * @param plotlyScript - text of plotly.js's cartesian bundle.
 * @returns an HTML document.
 */
export function renderPage({ records, analyses, version }: PageContent, plotlyScript: string): string {
  const sections = pageSections(records);
  const figures = figureSections(pageFigures(records, analyses));
  const contents = [
    contentsOf("Overview", [{ id: "summary", heading: "Summary" }]),
    contentsOf("Tables", sections),
    contentsOf("Figures", figures.contents),
    contentsOf("Background", last),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>h2t-kit report</title>
<link rel="icon" href="data:,">
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>Head-to-tail fusion, reproduced</h1>
<p>The tables and figures of <cite>${paperTitle}</cite> (AAAI 2024) beside what h2t-kit ${escapeHtml(version)} measured.</p>
</header>
<nav aria-label="Contents"><details open><summary>Contents</summary><ul>${contents.join("\n")}</ul></details></nav>
<main>
${summaryOf(records, sections)}
${sections.map((section) => sectionOf(section, records)).join("\n")}
${figures.html}
${deviationsOf()}
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
