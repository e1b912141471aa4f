import { standInNames } from "../../experiments/experiment.ts";
import { experiments } from "../../experiments/rows/experiments.ts";
import { onStandIn } from "../../experiments/rows/stand-in.ts";
import type { RunRecord } from "../../runs/record.ts";
import type { StoredRecord } from "../../runs/records.ts";
import { runIdOf } from "../../runs/run-plan.ts";
import { duration } from "../duration.ts";
import { escapeHtml } from "../escape-html.ts";
import { datasetTitles } from "../setting-titles.ts";
import { commitsOf, machineOf, short, versionsOf } from "./origin-lines.ts";

/**
 * The row that each run belongs to, the first in the order of `experiments` where several share it.
 *
 * @returns row id by run id; runs of no known row are left out.
 */
export function rowsByRun(records: readonly StoredRecord[]): Map<string, string> {
  const wanted = new Set(records.map(({ record }) => record.runId));
  const rows = experiments().flatMap((row) => [row, ...standInNames.map((name) => onStandIn(row, name))]);
  const found = new Map<string, string>();
  for (const { record } of new Map(records.map((stored) => [settingOf(stored.record), stored])).values()) {
    const { seed, fromSeed, profile, data, configuration } = record;
    const candidates = rows.filter(
      ({ dataset, imbalanceRatio }) =>
        dataset === configuration.dataset && imbalanceRatio === configuration.imbalanceRatio,
    );
    for (const row of candidates) {
      const runId = runIdOf(row, seed, profile, data.digest, fromSeed ?? seed);
      if (wanted.has(runId) && !found.has(runId)) found.set(runId, row.id);
    }
  }
  return found;
}

/** All but its row that decides a run's id: the same for runs of many rows. */
const settingOf = ({ seed, fromSeed, profile, data, configuration }: RunRecord) =>
  [seed, fromSeed, profile, data.digest, configuration.dataset, configuration.imbalanceRatio].join(" ");

/** Records by what is said of them, in their order. */
function groupedBy(
  records: readonly StoredRecord[],
  describe: (stored: StoredRecord) => string,
): Map<string, StoredRecord[]> {
  const groups = new Map<string, StoredRecord[]>();
  for (const stored of records) {
    const key = describe(stored);
    groups.set(key, [...(groups.get(key) ?? []), stored]);
  }
  return groups;
}

const secondsOf = (records: readonly StoredRecord[]) =>
  records.reduce((sum, { record }) => sum + record.provenance.wallSeconds, 0);

const countOf = (n: number, what: string) => `${n} ${n === 1 ? what : `${what}s`}`;

/** Each machine with its versions once, and what was run there. */
function machines(records: readonly StoredRecord[]): string {
  const groups = groupedBy(records, ({ record }) => `${machineOf(record)}\n${versionsOf(record)}`);
  return [...groups]
    .map(([key, own]) => {
      const [machine = "", versions = ""] = key.split("\n");
      const days = own.map(({ record }) => record.provenance.startedAt.slice(0, 10)).sort();
      const span = [...new Set([days[0], days.at(-1)])].join(" to ");
      const commits = [...new Set(own.flatMap(({ record }) => commitsOf(record)))];
      const lines = [
        ["Versions", versions],
        ["Runs", `${own.length}, ${duration(secondsOf(own))} in all, started ${span}`],
        [commits.length === 1 ? "Commit" : "Commits", commits.join(", ")],
      ];
      return `<h3>${escapeHtml(machine)}</h3>
<dl class="facts">${lines.map(([label = "", value = ""]) => `<div><dt>${label}</dt><dd>${escapeHtml(value)}</dd></div>`).join("")}</dl>`;
    })
    .join("\n");
}

/** `table-1/cifar10/100`, `protocol/cifar10/100`, `table-5`: what rows that are listed together begin with. */
const familyOf = (rowId: string) => /^[\w-]+(?:\/cifar\d+\/\d+)?/.exec(rowId)?.[0] ?? rowId;

function lineOf(rowId: string, own: readonly StoredRecord[]): string {
  const [first] = own;
  if (first === undefined) return "";
  const { configuration, data } = first.record;
  const seeds = own.map(({ record }) => record.seed);
  const commits = [...new Set(own.flatMap(({ record }) => commitsOf(record)))];
  const cells = [
    first.keeper,
    [...new Set(seeds)].sort((a, b) => a - b).join(", "),
    `${datasetTitles[configuration.dataset]} (${data.origin}, ${short(data.digest)})`,
    duration(secondsOf(own)),
    own.map(({ record }) => record.provenance.startedAt.slice(0, 10)).sort()[0] ?? "",
    commits.join(", "),
    own.map(({ record }) => record.runId).join(" "),
  ];
  return `<tr><th scope="row">${escapeHtml(rowId)}</th>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`;
}

const heads = ["Row", "Record", "Seeds", "Images", "Took", "Started", "Commits", "Runs"];

/** Every row with runs as one line, folded away by family and profile. */
function families(records: readonly StoredRecord[]): string {
  const rows = rowsByRun(records);
  const rowOf = ({ record }: StoredRecord) => rows.get(record.runId) ?? "of no row that the kit has now";
  const groups = groupedBy(
    records,
    (stored) => `${familyOf(rowOf(stored))}, profile ${stored.record.profile}`,
  );
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))
    .map(([family, own]) => {
      const lines = groupedBy(own, (stored) =>
        [rowOf(stored), stored.keeper, stored.record.data.digest].join("\n"),
      );
      const body = [...lines].map(([key, runs]) => lineOf(key.split("\n")[0] ?? "", runs));
      const label = `${family}: ${countOf(lines.size, "row")}, ${countOf(own.length, "run")}, ${duration(secondsOf(own))}`;
      return `<details><summary>${escapeHtml(label)}</summary>
<div class="scroll" role="region" aria-label="${escapeHtml(`Runs of ${family}`)}" tabindex="0"><table class="runs"><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead>
<tbody>${body.join("\n")}</tbody></table></div></details>`;
    })
    .join("\n");
}

/** What trials are, which no other section shows; nothing where there are none. */
function trialNote(records: readonly StoredRecord[]): string {
  const trials = records.filter(({ record }) => record.profile === "trial").length;
  if (trials === 0) return "";
  return `<p>${countOf(trials, "run")} with profile trial: two epochs per stage show that a row runs, so their numbers are in no table above.</p>`;
}

/** On which machines, with which versions and when the records were made, and every row's runs. */
export function runsOf(records: readonly StoredRecord[]): string {
  const content =
    records.length === 0
      ? "<p>No runs yet: <code>./reproduce.sh</code> makes the first.</p>"
      : `${machines(records)}\n<h3>Runs</h3>\n${trialNote(records)}\n${families(records)}`;
  return `<section id="runs" aria-labelledby="runs-heading">
<h2 id="runs-heading">Machines, versions and runs</h2>
${content}
</section>`;
}
