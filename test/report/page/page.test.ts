import { readFile } from "node:fs/promises";
import path from "node:path";
import test from "ava";
import { findExperiment } from "../../../src/paper/rows/experiments.ts";
import { renderPage } from "../../../src/report/page/page.ts";
import { pageSections } from "../../../src/report/page/sections.ts";
import { projectFolder } from "../../../src/setup/project-folder.ts";
import { madeUpRecord } from "../../support/made-up-record.ts";

const accuracy = { head: 0.6, medium: 0.5, tail: 0.25, all: 0.48 };
const demo = madeUpRecord(findExperiment("table-5/bs-is@glyphs-10"), {
  accuracy,
  profile: "demo",
  origin: "generated",
});
const short = madeUpRecord(findExperiment("table-1/cifar10/100/dr-h2t"), {
  accuracy,
  profile: "short",
  origin: "re-encoded",
  keeper: "shipped",
});
const frozen = madeUpRecord(findExperiment("frozen/cifar10/100/bs-is/0.3"), {
  accuracy,
  profile: "short",
  keeper: "shipped",
});
const pageOf = (records: Parameters<typeof pageSections>[0], plotly = "") =>
  renderPage({ records, analyses: [], version: "0.1.0" }, plotly);

const outline = (records: Parameters<typeof pageSections>[0]) =>
  pageSections(records).map(({ heading, tables }) => [
    heading,
    ...tables.map(({ id, heading: text }) => `${id}: ${text}`),
  ]);

test("pageSections: without records every table once, with the paper's numbers", (t) => {
  t.deepEqual(
    outline([]),
    [1, 2, 3, 4, 5].map((n) => [`Table ${n}`, `table-${n}-none: null`]),
  );
});

test("pageSections: each profile and stand-in with records has a table of its own, no run is shown twice on the way", (t) => {
  t.deepEqual(outline([demo, short, frozen]), [
    [
      "Table 1",
      "table-1-short: Profile short",
      "table-1-cifar10-100-short: Profile short, by group: CIFAR10-LT at imbalance ratio 100",
    ],
    ["Table 2", "table-2-none: null"],
    ["Table 3", "table-3-none: null"],
    ["Table 4", "table-4-none: null"],
    ["Table 5", "table-5-demo-glyphs-10: Profile demo, on glyphs-10"],
    ["H2T on a frozen backbone", "frozen-cifar10-100-short: Profile short"],
  ]);
});

test("pageSections: of the kit's own rows only those with a number, and nothing is said below of the others", (t) => {
  const [table1, byGroup] = pageSections([short])[0]?.tables ?? [];
  t.true(table1?.model.rows.every(({ source }) => source !== "added"));
  t.true(table1?.model.rows.some(({ name }) => name === "GCL"));
  t.deepEqual(
    byGroup?.model.rows.map(({ name }) => name),
    ["DR+H2T"],
  );
  t.false(byGroup?.model.footnotes.join().includes("GCL"));
});

test("renderPage: ids are unique and every link on the page leads somewhere", (t) => {
  const page = pageOf([demo, short, frozen]);
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  t.is(new Set(ids).size, ids.length);
  for (const [, target] of page.matchAll(/ href="#([^"]+)"/g)) t.true(ids.includes(target), target);
});

test("renderPage: nothing is fetched", (t) => {
  t.deepEqual(pageOf([demo, short]).match(/\b(?:src|href)="(?!#|data:)[^"]*"|@import|url\(/g), null);
});

test("renderPage: a script cannot end its own element", (t) => {
  t.true(pageOf([], 'x = "</script><b>"').includes('<script>x = "<\\/script><b>"</script>'));
});

const partOf = (page: string, id: string) => page.split(` id="${id}"`)[1]?.split("</figure>")[0] ?? "";

test("renderPage: a stand-in and re-encoded images are said where their numbers are", (t) => {
  const page = pageOf([demo, short]);
  const onStandIn = partOf(page, "table-5-demo-glyphs-10");
  t.true(onStandIn.includes("they cannot be compared, so no difference is shown"));
  t.true(onStandIn.includes("Ours from generated images, not photographs."));
  t.true(partOf(page, "table-1-short").includes("Ours from re-encoded images"));
});

test("renderPage: a cell tells row, seed, run, images, commit, machine, versions, time and start", (t) => {
  const { runId } = short.record;
  t.true(
    partOf(pageOf([short]), "table-1-short").includes(
      `title="Row: table-1/cifar10/100/dr-h2t
Seed 0: 48.00 at epoch 7, run ${runId}
Inferred: stage II&#39;s settings, from those for CIFAR-100-LT
Images: re-encoded images, digest made-up-re-encoded
Commit: unknown
Machine: made-up CPU, 2 threads, oneDNN on
Versions: h2t-kit 0.1.0, node 20.20.2, tensorflow 2.21.0
Wall time: 2 min
Started: 2026-01-02 03:04 UTC"`,
    ),
  );
});

test("renderPage: a table that waits for data shows empty cells of ours and the command; MBJ and ACE the reason", (t) => {
  const table2 = partOf(pageOf([]), "table-2");
  t.regex(
    table2,
    /<th scope="row"[^>]*>DR\+H2T<\/th>.*<td class="yours empty" title="Source: The kit cannot run/,
  );
  t.true(
    table2.includes("which takes ImageNet-LT and a ResNet-50; once it can: ./reproduce.sh --only table-2"),
  );
  t.true(table2.includes("MBJ, ACE: no public code to check a row against."));
});

test("renderPage: figures without data stand together, each with the command that makes it", (t) => {
  const section = pageOf([short]).split('<section id="absent-figures"')[1]?.split("</section>")[0] ?? "";
  t.regex(
    section,
    /<dt>Figure 1b<\/dt><dd>.*<code>npx h2t run table-1\/cifar10\/100\/ce@glyphs-10 --profile demo/,
  );
  t.false(section.includes("Figure 2"));
});

test("renderPage: a table without the paper's numbers says whose records it shows", (t) => {
  t.regex(
    partOf(pageOf([frozen]), "frozen-cifar10-100-short"),
    /<th scope="col" class="shipped">shipped<\/th>/,
  );
});

test("renderPage: the kit is cited as CITATION.cff says", async (t) => {
  const cff = await readFile(path.join(projectFolder, "CITATION.cff"), "utf8");
  const said = (key: string) => new RegExp(`^(?:  - )?${key}: (.*)$`, "m").exec(cff)?.[1];
  const cite = pageOf([]).split('id="cite"')[1] ?? "";
  for (const key of ["title", "license", "version"])
    t.regex(cite, new RegExp(`${key} += \\{${said(key)}\\}`), key);
  t.true(cite.includes(`author  = {{${said("name")}}}`));
});

test("renderPage: the summary tells runs, seeds and coverage by profile, and what sets ours apart from the paper's", (t) => {
  const summary = pageOf([demo, short]).split('<section id="summary"')[1]?.split("</section>")[0] ?? "";
  const [before = "", onPaperData = "", onStandIn = ""] = summary.split('<div class="setting">');
  t.true(before.includes("2 runs under profiles short, demo. No row is trained as published"));
  t.true(onPaperData.includes("Ours trained shorter than the paper&#39;s"));
  t.true(onPaperData.includes("The images are re-encoded"));
  t.true(onPaperData.includes("<dd>1 shipped; 2 min of training</dd>"));
  t.true(onPaperData.includes("<dd>Table 1: 1 of 84</dd>"));
  // 48 − 82.87.
  t.true(onPaperData.includes("<td>−34.87</td>"));
  t.true(onStandIn.includes("On glyphs-10 the methods can be compared with each other, not with the paper."));
  t.false(onStandIn.includes("Ours minus the paper"));
});

test("renderPage: runs are folded by family and profile, one line a row with all of its seeds", (t) => {
  const seeds = [0, 1, 2].map((seed) =>
    madeUpRecord(findExperiment("table-1/cifar10/100/dr-h2t"), { accuracy, seed }),
  );
  const runs = pageOf([...seeds, demo]).split('<section id="runs"')[1] ?? "";
  t.regex(runs, /<summary>table-1\/cifar10\/100, profile paper: 1 row, 3 runs, 5 min<\/summary>/);
  const [line = ""] = /<tr><th scope="row">table-1\/cifar10\/100\/dr-h2t<\/th>.*<\/tr>/.exec(runs) ?? [];
  t.true(line.includes("<td>0, 1, 2</td>"));
  t.true(line.includes(seeds.map(({ record }) => record.runId).join(" ")));
});
