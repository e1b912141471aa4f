import { escapeHtml } from "../escape-html.ts";
import type { StoredRecord } from "../paper/records.ts";
import { duration } from "./duration.ts";
import type { PageSection } from "./page-sections.ts";

/** Which rows each run gives numbers to. */
function rowsByRun(sections: readonly PageSection[]): Map<string, Set<string>> {
  const rows = new Map<string, Set<string>>();
  const cells = sections.flatMap(({ model }) => model.rows.flatMap((row) => row.cells));
  for (const { rowId, shipped, yours } of cells) {
    for (const { runId } of [...(shipped?.runs ?? []), ...(yours?.runs ?? [])]) {
      rows.set(runId, (rows.get(runId) ?? new Set()).add(rowId ?? ""));
    }
  }
  return rows;
}

/** The machines and versions behind the records, each once. */
export function machinesOf(records: readonly StoredRecord[]): string {
  const lines = records.map(({ record: { provenance } }) => {
    const { device, threads, oneDnn, versions, commit } = provenance;
    const software = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
    const library = oneDnn ? "oneDNN on" : "oneDNN off";
    return [
      device,
      `${threads} threads`,
      library,
      ...software,
      `commit ${commit?.slice(0, 12) ?? "unknown"}`,
    ].join(" · ");
  });
  const items = [...new Set(lines)].map((line) => `<li>${escapeHtml(line)}</li>`);
  return items.length === 0 ? "<p>No runs yet.</p>" : `<ul>${items.join("\n")}</ul>`;
}

/** Every run as a line of a table, folded away. */
export function runsOf(records: readonly StoredRecord[], sections: readonly PageSection[]): string {
  const rows = rowsByRun(sections);
  const lines = records.map(({ record, keeper, file }) => {
    const { runId, seed, profile, configuration, data, provenance } = record;
    const cells = [
      [...(rows.get(runId) ?? [])].join(", "),
      keeper,
      String(seed),
      profile,
      `${configuration.dataset} (${data.origin})`,
      `${duration(provenance.wallSeconds)}${provenance.replayed ? " (with replayed features)" : ""}`,
      provenance.startedAt.slice(0, 10),
    ];
    const code = `<th scope="row" title="${escapeHtml(file)}"><code>${runId}</code></th>`;
    return `<tr>${code}${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`;
  });
  if (lines.length === 0) return "";
  const heads = ["Run", "Rows", "Record", "Seed", "Profile", "Images", "Took", "Started"];
  return `<details><summary>All runs (${lines.length})</summary>
<div class="scroll"><table class="runs"><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead>
<tbody>${lines.join("\n")}</tbody></table></div></details>`;
}
