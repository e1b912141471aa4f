import test from "ava";
import { findExperiment } from "../../src/paper/rows/experiments.ts";
import { renderPage } from "../../src/report/page.ts";
import { pageSections } from "../../src/report/page-sections.ts";
import { madeUpRecord } from "../support/made-up-record.ts";

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

test("pageSections: without records every table once, with the paper's numbers", (t) => {
  t.deepEqual(
    pageSections([]).map(({ id, heading }) => [id, heading]),
    [1, 2, 3, 4, 5].map((n) => [`table-${n}-paper`, `Table ${n}`]),
  );
});

test("pageSections: each profile and stand-in with records has a table of its own, no run is shown twice on the way", (t) => {
  t.deepEqual(
    pageSections([demo, short]).map(({ id, heading }) => [id, heading]),
    [
      ["table-1-short", "Table 1 · profile short"],
      ["table-1-cifar10-100-short", "Table 1 by group, CIFAR10-LT 100 · profile short"],
      ["table-5-demo-glyphs-10", "Table 5 · profile demo, on glyphs-10"],
      ["table-2-paper", "Table 2"],
      ["table-3-paper", "Table 3"],
      ["table-4-paper", "Table 4"],
    ],
  );
});

test("renderPage: ids are unique and every link on the page leads somewhere", (t) => {
  const page = renderPage([demo, short], "");
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  t.is(new Set(ids).size, ids.length);
  for (const [, target] of page.matchAll(/ href="#([^"]+)"/g)) t.true(ids.includes(target), target);
});

test("renderPage: nothing is fetched", (t) => {
  const page = renderPage([demo, short], "");
  t.deepEqual(page.match(/\b(?:src|href)="(?!#|data:)[^"]*"|@import|url\(/g), null);
});

test("renderPage: a script cannot end its own element", (t) => {
  const page = renderPage([], 'x = "</script><b>"');
  t.true(page.includes('<script>x = "<\\/script><b>"</script>'));
});

test("renderPage: a stand-in and re-encoded images are said where their numbers are", (t) => {
  const page = renderPage([demo, short], "");
  const section = (id: string) => page.split(`<section id="${id}">`)[1]?.split("</section>")[0] ?? "";
  t.true(section("table-5-demo-glyphs-10").includes("they cannot be compared, so no difference is shown"));
  t.true(section("table-5-demo-glyphs-10").includes("Ours from generated images, not photographs."));
  t.true(section("table-1-short").includes("Ours from re-encoded images"));
});

test("renderPage: the summary counts runs, and the runs name their rows and machine", (t) => {
  const page = renderPage([demo, short], "");
  t.true(page.includes("1 run shipped with the kit, 1 run of yours."));
  t.true(page.includes(`<code>${demo.record.runId}</code></th><td>table-5/bs-is@glyphs-10</td>`));
  t.true(page.includes("made-up CPU · 2 threads · oneDNN on · h2t-kit 0.1.0"));
});
