import { deviations } from "../../experiments/deviations.ts";
import { escapeHtml } from "../escape-html.ts";

/** Where paper and code differ, or leave something open, and what the kit does. */
export function deviationsOf(): string {
  const lines = deviations.map(
    ({ rows, topic, paper, kit }) => `<tr><th scope="row">${escapeHtml(topic)}</th>
<td data-label="Rows">${escapeHtml(rows)}</td>
<td data-label="Paper and its code">${escapeHtml(paper)}</td>
<td data-label="This kit">${escapeHtml(kit)}</td></tr>`,
  );
  return `<section id="deviations" aria-labelledby="deviations-heading">
<h2 id="deviations-heading">Deviations: where paper and code differ</h2>
<table class="prose"><thead><tr><th scope="col">Topic</th><th scope="col">Rows</th><th scope="col">Paper and its code</th><th scope="col">This kit</th></tr></thead>
<tbody>
${lines.join("\n")}
</tbody></table>
</section>`;
}
