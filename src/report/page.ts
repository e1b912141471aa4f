import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import writeFileAtomic from "write-file-atomic";
import { escapeHtml } from "../escape-html.ts";
import { deviations } from "../paper/deviations.ts";
import type { StoredRecord } from "../paper/records.ts";
import { accuracyByGroup, toPlotly } from "./figures/accuracy-by-group.ts";
import { toSvg } from "./figures/to-svg.ts";
import { machinesOf, runsOf } from "./page-runs.ts";
import { pageScript } from "./page-script.ts";
import { hasNumbers, type PageSection, pageSections } from "./page-sections.ts";
import { pageStyle } from "./page-style.ts";
import { toHtml } from "./to-html.ts";

const paperTitle = "Feature Fusion from Head to Tail for Long-Tailed Visual Recognition";

const citation = `@inproceedings{li2024feature,
  title     = {${paperTitle}},
  author    = {Li, Mengke and Hu, Zhikai and Lu, Yang and Lan, Weichao and Cheung, Yiu-ming and Huang, Hui},
  booktitle = {Proceedings of the AAAI Conference on Artificial Intelligence},
  year      = {2024}
}`;

/** A script's text that cannot end its own element. */
const scriptText = (text: string) => text.replaceAll("</", "<\\/");

function sectionOf({ id, heading, model, byGroup }: PageSection): string {
  const figure = byGroup && hasNumbers(model) ? accuracyByGroup(model) : null;
  const drawn =
    figure === null
      ? ""
      : `<div class="plot" data-figure="figure-${id}">${toSvg(figure)}</div>
<script type="application/json" id="figure-${id}">${scriptText(JSON.stringify(toPlotly(figure)))}</script>`;
  return `<section id="${id}">
<h2>${escapeHtml(heading)}</h2>
${toHtml(model, { compact: true })}${drawn}
</section>`;
}

/** How much is there, before any number. */
function summaryOf(records: readonly StoredRecord[], sections: readonly PageSection[]): string {
  const count = (keeper: StoredRecord["keeper"]) =>
    records.filter((stored) => stored.keeper === keeper).length;
  const runs = (n: number) => `${n} ${n === 1 ? "run" : "runs"}`;
  const standIns = sections.flatMap(({ model }) =>
    model.options.standIn !== null && hasNumbers(model) ? [1] : [],
  );
  const empty = sections.filter(({ model }) => !hasNumbers(model)).map(({ heading }) => heading);
  const sentences = [
    `${runs(count("shipped"))} shipped with the kit, ${runs(count("yours"))} of yours.`,
    standIns.length > 0 &&
      "Some were made on stand-in images: they show how the methods compare with each other, not with the paper.",
    empty.length > 0 && `Only the paper's numbers so far: ${empty.join(", ")}.`,
    "Each number stands beside the paper's; pick one (click, tap, or hover) to see where it comes from.",
  ];
  return sentences
    .filter((sentence) => sentence !== false)
    .map(escapeHtml)
    .join(" ");
}

/**
 * The report as one page that needs no network: every table beside the paper's numbers, accuracy by group as figures.
 *
 * @param records - as `readRecords` returns them.
 * @param plotlyScript - text of plotly.js's basic bundle.
 * @returns an HTML document.
 */
export function renderPage(records: readonly StoredRecord[], plotlyScript: string): string {
  const sections = pageSections(records);
  const choices = deviations.map(
    ({ rows, topic, paper, kit }) =>
      `<tr><th scope="row">${escapeHtml(rows)}</th><td>${escapeHtml(topic)}</td><td>${escapeHtml(paper)}</td><td>${escapeHtml(kit)}</td></tr>`,
  );
  const links = [
    ...sections.map(({ id, heading }) => [id, heading] as const),
    ["choices", "Deviations"] as const,
    ["machines", "Machines and runs"] as const,
    ["cite", "How to cite"] as const,
  ].map(([id, heading]) => `<li><a href="#${id}">${escapeHtml(heading)}</a></li>`);
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
<p class="lead">The tables of <cite>${paperTitle}</cite> (AAAI 2024) beside what this kit measured.</p>
<p>${summaryOf(records, sections)}</p>
</header>
<nav aria-label="Contents"><ul>${links.join("\n")}</ul></nav>
<main>
${sections.map(sectionOf).join("\n")}
<section id="choices"><h2>Deviations: where paper and code differ</h2>
<div class="scroll"><table class="choices"><thead><tr><th scope="col">Rows</th><th scope="col">Topic</th><th scope="col">Paper and its code</th><th scope="col">This kit</th></tr></thead>
<tbody>${choices.join("\n")}</tbody></table></div></section>
<section id="machines"><h2>Machines and runs</h2>
${machinesOf(records)}
${runsOf(records, sections)}</section>
<section id="cite"><h2>How to cite</h2>
<pre>${escapeHtml(citation)}</pre>
<p>Please cite the kit too; its <code>CITATION.cff</code> says how.</p></section>
</main>
<div id="provenance" role="status" hidden><span></span><button type="button" aria-label="Close">×</button></div>
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
 * @param records - as `readRecords` returns them.
 */
export async function writePage(file: string, records: readonly StoredRecord[]): Promise<void> {
  const plotly = createRequire(import.meta.url).resolve("plotly.js/dist/plotly-basic.min.js");
  await writeFileAtomic(file, renderPage(records, await readFile(plotly, "utf8")));
}
