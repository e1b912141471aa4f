import test from "ava";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { findTable } from "../../../src/experiments/tables/tables.ts";
import { accuracyByGroup, toPlotly } from "../../../src/report/figures/accuracy-by-group.ts";
import { toSvg } from "../../../src/report/figures/to-svg.ts";
import { renderTable } from "../../../src/report/tables/render-table.ts";
import { metricColours } from "../../../src/report/theme.ts";
import { madeUpRecord } from "../../support/made-up-record.ts";

const accuracy = { head: 0.6, medium: 0.5, tail: 0.25, all: 0.48 };
const table5 = findTable("table-5");
const comparable = accuracyByGroup(
  renderTable(
    table5,
    [
      madeUpRecord(findExperiment("table-5/bs-is"), { accuracy, keeper: "shipped" }),
      madeUpRecord(findExperiment("table-5/dr"), { accuracy: { ...accuracy, all: 0.1 }, keeper: "shipped" }),
      madeUpRecord(findExperiment("table-5/dr"), { accuracy, seed: 0 }),
      madeUpRecord(findExperiment("table-5/dr"), { accuracy: { ...accuracy, all: 0.46 }, seed: 1 }),
    ],
    { profile: "paper" },
  ),
);
const standIn = accuracyByGroup(
  renderTable(
    table5,
    [
      madeUpRecord(findExperiment("table-5/bs-is@glyphs-10"), {
        accuracy: { ...accuracy, tail: null },
        profile: "demo",
      }),
    ],
    { profile: "demo", standIn: "glyphs-10" },
  ),
);

test("accuracyByGroup: own numbers come before shipped ones, and the paper's stand beside them", (t) => {
  t.deepEqual(
    comparable.rows.map(({ label, bars }) => [
      label,
      ...bars.map(({ ours, published }) => [ours && Math.round(ours), published]),
    ]),
    [
      ["CE loss", [null, 67.86], [null, 38.51], [null, 5.66], [null, 39.55]],
      ["DR w.o. H2T", [60, 63.67], [50, 46.63], [25, 22.21], [47, 45.68]],
      ["BS+RS", [null, 63.56], [null, 48.6], [null, 24.07], [null, 46.87]],
      ["BS+BS", [null, 62.72], [null, 49.14], [null, 25.93], [null, 47.3]],
      ["BS+IS", [60, 62], [50, 50.17], [25, 27.07], [48, 47.73]],
    ],
  );
});

test("accuracyByGroup: on a stand-in only rows of ours are there, without the paper's numbers", (t) => {
  t.deepEqual(
    standIn.rows.map(({ label, bars }) => [label, ...bars.map(({ ours, published }) => [ours, published])]),
    [["BS+IS", [60, null], [50, null], [null, null], [48, null]]],
  );
});

test("toPlotly: four bars and four hollow markers per row, colours by group, percent on the axis", (t) => {
  const { data: all, layout } = toPlotly(comparable);
  const data = all.filter(({ name }) => !name.endsWith("one seed"));
  t.deepEqual(
    data.map(({ type, name }) => [type, name]),
    [
      ["bar", "Head"],
      ["bar", "Medium"],
      ["bar", "Tail"],
      ["bar", "All"],
      ["scatter", "Head, paper"],
      ["scatter", "Medium, paper"],
      ["scatter", "Tail, paper"],
      ["scatter", "the paper's"],
    ],
  );
  t.deepEqual(
    data.slice(0, 4).map(({ marker }) => marker),
    Object.values(metricColours).map((color) => ({ color })),
  );
  t.deepEqual(data[3]?.y, [null, 47, null, null, 48]);
  t.deepEqual(data[7]?.y, [39.55, 45.68, 46.87, 47.3, 47.73]);
  t.like(layout, { yaxis: { title: { text: "Top-1 accuracy (%)" }, range: [0, 100] } });
  t.deepEqual(JSON.parse(JSON.stringify({ data, layout })), { data, layout });
});

test("toPlotly: a mark per stage I, error bars from three stages I on", (t) => {
  // Stages I 0 and 1 of DR: 48 % and 46 % over all classes.
  const { data } = toPlotly(comparable);
  t.deepEqual(data.find(({ name }) => name === "All, one seed")?.y, [48, 46]);
  t.true(data.every((trace) => !("error_y" in trace)));
  const three = [0.44, 0.46, 0.48].map((all, seed) =>
    madeUpRecord(findExperiment("table-5/dr"), { accuracy: { ...accuracy, all }, seed }),
  );
  const drawn = toPlotly(accuracyByGroup(renderTable(table5, three, { profile: "paper" })));
  // Standard deviation 2; 4.302653 · 2 / √3.
  t.like(drawn.data[3], { error_y: { array: [null, 4.97, null, null, null] } });
});

test("toPlotly: a stand-in shows no markers of the paper and is named on the axis", (t) => {
  const { data, layout } = toPlotly(standIn);
  t.true(data.every(({ type }) => type === "bar"));
  t.like(layout, { xaxis: { title: { text: "Method, on glyphs-10" } } });
});

test("toSvg: a bar is as high as its accuracy, the paper's number a hollow diamond", (t) => {
  const svg = toSvg(comparable);
  // The axis spans 290 units for 100 %: All of BS+IS, 48 %.
  t.regex(svg, /height="139\.2" fill="#5f6368"><title>All: 48\.00 %<\/title>/);
  t.regex(svg, /fill="none"[^>]*><title>All, paper: 47\.73 %<\/title>/);
  t.is(svg.match(/, paper: /g)?.length, 20);
  t.is(toSvg(standIn).match(/, paper: /g), null);
});

test("toSvg: a caption with markup is escaped", (t) => {
  t.true(toSvg({ ...standIn, caption: "<&>" }).includes("<title>&lt;&amp;&gt;</title>"));
});

test("toSvg: names that have no room side by side are slanted, and the drawing is higher by them", (t) => {
  const bar = { metric: "all", ours: 50, halfWidth: null, points: [], published: null } as const;
  const many = Array.from({ length: 20 }, (_, i) => ({ label: `a method's name ${i}`, bars: [bar] }));
  const drawn = toSvg({ caption: "many", standIn: null, rows: many });
  t.is(drawn.match(/text-anchor="end" transform="rotate\(-50 /g)?.length, 20);
  t.true(Number(/viewBox="0 0 760 (\d+)"/.exec(drawn)?.[1]) > 450);
  t.notRegex(toSvg({ caption: "one", standIn: null, rows: [{ label: "CE", bars: [bar] }] }), /rotate\(-50/);
});
