import { readFile } from "node:fs/promises";
import path from "node:path";
import test from "ava";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { renderPage } from "../../../src/report/page/page.ts";
import { pageSettings } from "../../../src/report/page/page-settings.ts";
import { settingTables } from "../../../src/report/page/setting-tables.ts";
import { verdictSentences } from "../../../src/report/page/verdict.ts";
import type { StoredRecord } from "../../../src/runs/records.ts";
import { projectFolder } from "../../../src/setup/project-folder.ts";
import { type MadeUp, madeUpRecord } from "../../support/made-up-record.ts";

const accuracy = { head: 0.6, medium: 0.5, tail: 0.25, all: 0.48 };
const record = (id: string, made: Partial<MadeUp> = {}) =>
  madeUpRecord(findExperiment(id), { accuracy, ...made });
const demo = record("table-5/bs-is@glyphs-10", { profile: "demo", origin: "generated" });
const short = record("table-1/cifar10/100/dr-h2t", {
  profile: "short",
  origin: "re-encoded",
  keeper: "shipped",
});
const frozen = record("frozen/cifar10/100/bs-is/0.3", { profile: "short", keeper: "shipped" });
const trial = record("table-1/cifar10/100/ce", { profile: "trial", keeper: "shipped" });

const pageOf = (records: readonly StoredRecord[], plotly = "") =>
  renderPage({ records, analyses: [], version: "0.1.0" }, plotly);
const filled = (records: readonly StoredRecord[]) =>
  pageSettings(records).map((setting) => ({ setting, tables: settingTables(setting) }));
const outline = (records: readonly StoredRecord[]) =>
  filled(records).map(({ setting, tables }) => [
    `${setting.id}: ${setting.title}`,
    ...tables.map(({ id, heading }) => `${id}: ${heading}`),
  ]);
const sectionOf = (page: string, id: string) =>
  page.split(`<section id="${id}"`)[1]?.split("</section>")[0] ?? "";
/** The same accuracy over all classes in percent, after stage I of several seeds. */
const after = (id: string, percents: readonly number[], fromSeeds: readonly number[]) =>
  percents.map((percent, i) =>
    record(id, {
      accuracy: { ...accuracy, all: percent / 100 },
      seed: i,
      fromSeed: fromSeeds[i] ?? 0,
      keeper: "shipped",
    }),
  );

test("page: one section per data set and profile, the paper's first, and none for trials", (t) => {
  t.deepEqual(outline([demo, short, frozen, trial]), [
    [
      "cifar10-short: CIFAR-10-LT, profile short",
      "table-1-cifar10-short: Table 1: CIFAR-10-LT, profile short",
      "table-1-cifar10-100-short: Table 1 by group at ratio 100: CIFAR-10-LT, profile short",
      "frozen-cifar10-100-short: H2T on a frozen backbone: CIFAR-10-LT, profile short",
    ],
    [
      "glyphs-10-demo: glyphs-10, images drawn by the kit, profile demo",
      "table-5-demo-glyphs-10: Table 5: glyphs-10, images drawn by the kit, profile demo",
    ],
  ]);
  t.deepEqual(outline([trial]), []);
});

test("page: trials are counted under machines and runs alone", (t) => {
  const page = pageOf([short, trial]);
  t.true(sectionOf(page, "runs").includes("1 run with profile trial"));
  t.false(sectionOf(page, "cifar10-short").includes("trial"));
  t.false(page.includes('id="cifar10-trial"'));
});

test("page: headings are unique, so no figure appears twice under one title", (t) => {
  const records = [
    ...after("table-1/cifar10/100/dr-mu", [70, 71, 72], [0, 0, 0]),
    ...after("table-1/cifar10/100/dr-h2t", [72, 74, 76], [0, 0, 0]),
    ...after("table-5/ce", [40], [0]),
    short,
    demo,
  ];
  const titles = [...pageOf(records).matchAll(/<h[234][^>]*>([^<]+)<\/h[234]>/g)].map(([, title]) => title);
  t.true(titles.length > 10);
  t.deepEqual(
    titles.filter((title, i) => titles.indexOf(title) !== i),
    [],
  );
});

test("page: Figure 5 is drawn from more than half of its points, not from four", (t) => {
  const at = (count: number) =>
    Array.from({ length: count }, (_, i) => record(`figure-5/0.${i}`, { seed: 0 }));
  t.false(pageOf(at(4)).includes('id="cifar100-paper-figure-5"'));
  t.true(pageOf(at(6)).includes('id="cifar100-paper-figure-5"'));
});

test("verdict: two sentences with the gains, their stages I and the distance from the paper", (t) => {
  const sentences = verdictSentences(
    filled([
      ...after("table-1/cifar10/100/dr-mu", [70, 71, 72], [0, 0, 0]),
      ...after("table-1/cifar10/100/dr-h2t", [72, 74, 76], [0, 0, 0]),
      short,
    ]),
  );
  // Ours 74 − 71; the paper 82.87 − 79.15; 71 − 79.15 and 74 − 82.87.
  t.deepEqual(sentences, [
    "Trained with profile paper, H2T raises accuracy over all classes in 1 of 1 comparison on CIFAR-10-LT, by 3.00 points (the paper: 3.72 points), from one stage I each.",
    "Our accuracies are 8.15 to 8.87 points below the paper's on CIFAR-10-LT (2 of 37 numbers, on average 8.51 points below; official images).",
  ]);
});

test("verdict: a loss is no gain, and a stand-in is not compared with the paper", (t) => {
  const made = { profile: "demo", origin: "generated" } as const;
  const [gain, distance] = verdictSentences(
    filled([
      record("table-5/dr@glyphs-10", { ...made, accuracy: { ...accuracy, all: 0.5 } }),
      record("table-5/bs-is@glyphs-10", { ...made, accuracy: { ...accuracy, all: 0.47 } }),
    ]),
  );
  t.true(gain.includes("in 0 of 1 comparison on glyphs-10"));
  t.true(distance.includes("cannot be compared with the paper's"));
  t.is(verdictSentences([]).length, 2);
});

/** What the page draws at an id. */
const plotAt = (page: string, id: string) =>
  JSON.parse(page.split(`id="${id}-data">`)[1]?.split("</script>")[0] ?? "null");

test("gains plot: one mark per seed, the paper's next to it, and bars from three stages I on only", (t) => {
  const of = (fromSeeds: readonly number[]) => {
    const records = [
      ...after("table-1/cifar10/100/dr-mu", [70, 71, 72], fromSeeds),
      ...after("table-1/cifar10/100/dr-h2t", [72, 74, 76], fromSeeds),
    ];
    return plotAt(pageOf(records), "gains").data;
  };
  const [marks, mean, paper] = of([0, 0, 0]);
  t.deepEqual([marks.x, mean.x, paper.x], [[2, 3, 4], [3], [3.72]]);
  t.false("error_x" in mean);
  // Differences 2, 3, 4: standard deviation 1; 4.302653 / √3 = 2.48.
  t.deepEqual(of([0, 1, 2])[1].error_x.array, [2.48]);
});

test("page: the verdict comes first, then its plot, before any table", (t) => {
  const page = pageOf([
    ...after("table-1/cifar10/100/dr-mu", [70], [0]),
    ...after("table-1/cifar10/100/dr-h2t", [72], [0]),
  ]);
  const places = ['class="verdict"', 'id="gains"', "<table"].map((text) => page.indexOf(text));
  t.deepEqual(
    [...places].sort((a, b) => a - b),
    places,
  );
  t.true(places.every((place) => place > 0));
});

test("page: columns and rows without a number of ours are folded behind a switch", (t) => {
  const section = sectionOf(pageOf([short]), "cifar10-short");
  const table = section.split('id="table-1-cifar10-short"')[1]?.split("</figure>")[0] ?? "";
  t.regex(table, /<input type="checkbox"> Show all: 2 columns and \d+ rows without a number of ours/);
  t.regex(table, /<th scope="col" class="fold"[^>]*>ratio 200<\/th>/);
  t.regex(table, /<th scope="col" colspan="2"[^>]*>ratio 100<\/th>/);
  t.regex(table, /<tr class="fold"><th scope="row"[^>]*>GCL‡?<\/th>/);
  t.regex(table, /<tr><th scope="row"[^>]*>DR\+H2T‡<\/th>/);
});

test("page: loss and accuracy curves by stage, one line per row", (t) => {
  const page = pageOf([
    record("table-5/ce"),
    record("table-5/dr"),
    record("table-5/dr", { seed: 1 }),
    record("table-5/bs-is"),
  ]);
  const namesOf = (stage: string) =>
    plotAt(page, `cifar100-paper-curves-${stage}`).data.map(({ name }: { name: string }) => name);
  t.deepEqual(namesOf("I"), ["CE loss, ratio 100, seed 0", "CE loss, ratio 100, seed 0"]);
  t.is(new Set(namesOf("II")).size, 2);
});

test("page: findings are answered from shipped records of profile paper, and left out without", (t) => {
  const dr = "protocol/cifar10/100/shift-bn/fine-tuned/dr";
  const h2t = "protocol/cifar10/100/shift-bn/fine-tuned/bs-is/0.3";
  const section = sectionOf(
    pageOf([...after(dr, [70, 71], [0, 0]), ...after(h2t, [72, 74], [0, 0])]),
    "findings",
  );
  t.true(section.includes("<td>↑2.50 (SD II 0.71)</td>"));
  t.false(section.includes("shift-BN off"));
  t.is(sectionOf(pageOf([short]), "findings"), "");
});

test("renderPage: ids are unique and every link on the page leads somewhere", (t) => {
  const page = pageOf([demo, short, frozen, trial]);
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

test("renderPage: light and dark follow the reader's system", (t) => {
  const page = pageOf([]);
  t.true(page.includes('<meta name="color-scheme" content="light dark">'));
  t.true(page.includes("@media screen and (prefers-color-scheme: dark)"));
});

const partOf = (page: string, id: string) => page.split(` id="${id}"`)[1]?.split("</figure>")[0] ?? "";

test("renderPage: a stand-in and re-encoded images are said where their numbers are", (t) => {
  const page = pageOf([demo, short]);
  const onStandIn = partOf(page, "table-5-demo-glyphs-10");
  t.true(onStandIn.includes("they cannot be compared, so no difference is shown"));
  t.true(onStandIn.includes("Ours from generated images, not photographs."));
  t.true(partOf(page, "table-1-cifar10-short").includes("Ours from re-encoded images"));
  t.true(sectionOf(page, "cifar10-short").includes("trained for fewer epochs than the paper"));
});

test("renderPage: a cell names row, seed, run, unit, images, commit, machine, versions, time and start", (t) => {
  const { runId } = short.record;
  t.true(
    partOf(pageOf([short]), "table-1-cifar10-short").includes(
      `title="Row: table-1/cifar10/100/dr-h2t
Seed 0: 48.00 at epoch 7, run ${runId}
Unit: one stage I
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

test("renderPage: tables and figures without a number of ours are folded at the end", (t) => {
  const section = sectionOf(pageOf([short]), "unmeasured");
  const tables = [...section.matchAll(/<details id="(table-\d)">/g)].map(([, name]) => name);
  t.deepEqual(tables, ["table-2", "table-3", "table-4", "table-5"]);
  t.regex(section, /<dt>Figure 1b<\/dt><dd>.*<code>npx h2t figure figure-1b/);
  t.false(section.includes("Figure 2"));
  t.true(section.includes("MBJ, ACE: no public code to check a row against."));
});

test("renderPage: the kit is cited as CITATION.cff says", async (t) => {
  const cff = await readFile(path.join(projectFolder, "CITATION.cff"), "utf8");
  const said = (key: string) => new RegExp(`^(?:  - )?${key}: (.*)$`, "m").exec(cff)?.[1];
  const cite = pageOf([]).split('id="cite"')[1] ?? "";
  for (const key of ["title", "license", "version"])
    t.regex(cite, new RegExp(`${key} += \\{${said(key)}\\}`), key);
  t.true(cite.includes(`author  = {{${said("name")}}}`));
});

test("renderPage: a section states runs, training time, images and how many numbers of the paper it has", (t) => {
  const section = sectionOf(pageOf([demo, short]), "cifar10-short");
  t.true(section.includes("<dd>1 shipped</dd>"));
  t.true(section.includes("<dd>2 min</dd>"));
  t.true(section.includes("<dd>1 of 37</dd>"));
  // 48 − 82.87.
  t.true(section.includes("(−34.87)"));
});

test("renderPage: runs are folded by family and profile, one line per row with all of its seeds", (t) => {
  const seeds = [0, 1, 2].map((seed) => record("table-1/cifar10/100/dr-h2t", { seed }));
  const runs = pageOf([...seeds, demo]).split('<section id="runs"')[1] ?? "";
  t.regex(runs, /<summary>table-1\/cifar10\/100, profile paper: 1 row, 3 runs, 5 min<\/summary>/);
  const [line = ""] = /<tr><th scope="row">table-1\/cifar10\/100\/dr-h2t<\/th>.*<\/tr>/.exec(runs) ?? [];
  t.true(line.includes("<td>0, 1, 2</td>"));
  t.true(line.includes(seeds.map(({ record: { runId } }) => runId).join(" ")));
});
