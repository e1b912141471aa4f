import { createRequire } from "node:module";
import test from "ava";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { findTable } from "../../src/experiments/tables/tables.ts";
import {
  bundleOf,
  displayAccuracyByGroup,
  displayClassCounts,
  displayTable,
} from "../../src/report/display.ts";
import { accuracyByGroup, toPlotly } from "../../src/report/figures/accuracy-by-group.ts";
import {
  classCountsFigure,
  classCountsToPlotly,
  classCountsToSvg,
} from "../../src/report/figures/class-counts.ts";
import { toSvg } from "../../src/report/figures/to-svg.ts";
import { show } from "../../src/report/show.ts";
import { renderTable } from "../../src/report/tables/render-table.ts";
import { toHtml } from "../../src/report/tables/to-html.ts";
import { toMarkdown } from "../../src/report/tables/to-markdown.ts";
import { classGroups } from "../../src/splits/class-groups.ts";
import { longTailedCounts } from "../../src/splits/long-tailed-counts.ts";
import { madeUpRecord } from "../support/made-up-record.ts";

const accuracy = { head: 0.6, medium: 0.5, tail: 0.25, all: 0.48 };
const records = [madeUpRecord(findExperiment("table-5/bs-is"), { accuracy })];
const model = renderTable(findTable("table-5"), records, { profile: "paper" });

test("displayTable: a kernel that follows the convention finds HTML, Markdown and text", (t) => {
  const displayable: object = displayTable(model);
  const bundle: unknown = Reflect.get(displayable, Symbol.for("Jupyter.display")).call(displayable);
  t.deepEqual(bundle, {
    "text/html": toHtml(model, { compact: true }),
    "text/markdown": toMarkdown(model),
    "text/plain": toMarkdown(model),
  });
});

test("displayAccuracyByGroup: an interactive figure, a static image and text", (t) => {
  const figure = accuracyByGroup(model);
  t.deepEqual(bundleOf(displayAccuracyByGroup(model)), {
    "application/vnd.plotly.v1+json": toPlotly(figure),
    "image/svg+xml": toSvg(figure),
    "text/plain": model.caption,
  });
});

test("displayClassCounts: an interactive figure, a static image and text", (t) => {
  const counts = longTailedCounts(500, 10, 100);
  const groups = classGroups(counts, "byIndex");
  const figure = classCountsFigure(counts, groups, "mine");
  t.deepEqual(bundleOf(displayClassCounts(counts, groups, "mine")), {
    "application/vnd.plotly.v1+json": classCountsToPlotly(figure),
    "image/svg+xml": classCountsToSvg(figure),
    "text/plain": "mine: 1,236 training images, 500 to 5 a class",
  });
});

test.serial("show: outside tslab the object itself comes back, for the cell to end in", (t) => {
  const displayable = displayTable(model);
  t.is(show(displayable), displayable);
});

test.serial(
  "show: under tslab its own writer gets the whole bundle, and nothing is left for it to print",
  (t) => {
    // A variable of tslab's, which its kernel sets before it runs a cell.
    const jupyter = createRequire(import.meta.url)("tslab/dist/jupyter.js");
    const sent: unknown[] = [];
    jupyter.lastWriteDisplayData = (message: unknown) => sent.push(message);
    t.teardown(() => {
      jupyter.lastWriteDisplayData = null;
    });
    const displayable = displayTable(model);
    t.is(show(displayable), undefined);
    t.deepEqual(sent, [{ data: bundleOf(displayable), metadata: {}, transient: {} }]);
  },
);
