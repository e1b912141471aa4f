import test from "ava";
import sharp from "sharp";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { bundleOf, displayFigure } from "../../../src/report/display.ts";
import { accuracyByRatio } from "../../../src/report/figures/accuracy-by-ratio.ts";
import { confusionFigure } from "../../../src/report/figures/confusion-matrix.ts";
import { type ImageDrawing, noImageSvg, openDrawing } from "../../../src/report/figures/image-drawing.ts";
import { methodDiagram } from "../../../src/report/figures/method-diagram.ts";
import { longTailedRecord, madeUpConfusion } from "../../support/figure-input.ts";
import { madeUpAnalysis } from "../../support/made-up-analysis.ts";
import { madeUpRecord } from "../../support/made-up-record.ts";

const dr = longTailedRecord("table-1/cifar10/100/dr-h2t");
const records = [
  dr,
  madeUpRecord(findExperiment("figure-5/0.3"), {
    accuracy: { head: 0.6, medium: 0.5, tail: 0.25, all: 0.48 },
  }),
];
const analyses = [madeUpAnalysis(dr.record.runId, { confusion: madeUpConfusion })];
const figures = [methodDiagram, accuracyByRatio, confusionFigure].map((draw) =>
  draw({ records, analyses, profile: "paper" }),
);
const [, byRatio] = figures as [unknown, (typeof figures)[number]];

let drawing: ImageDrawing | undefined;
test.before(async () => {
  drawing = await openDrawing();
});
test.after.always(() => drawing?.[Symbol.asyncDispose]());

test.serial(
  "ImageDrawing: Chromium draws every figure as SVG, with title, caption and description",
  async (t) => {
    for (const figure of figures) {
      const svg = String(await drawing?.draw(figure, "svg", 760));
      t.regex(svg, /^<svg [^>]* width="760" [^>]* role="img"><title>/);
      t.true(svg.includes(figure.title), figure.name);
      t.true(svg.includes(figure.caption.split(" ").slice(0, 6).join(" ")), figure.name);
      t.true(svg.length < 100_000, `${figure.name}: ${svg.length} characters`);
      if (figure === byRatio)
        t.is(svg.match(/class="point"/g)?.length, 4 + 44, "ours at one p, the paper's at eleven");
    }
  },
);

test.serial("ImageDrawing: a PNG is twice as dense as its width says", async (t) => {
  const image = sharp(await drawing?.draw(byRatio, "png", 390));
  const { format, width } = await image.metadata();
  t.deepEqual({ format, width }, { format: "png", width: 780 });
  const { channels } = await image.stats();
  for (const { stdev } of channels.slice(0, 3)) t.true(stdev > 5, "something is drawn");
});

test.serial(
  "ImageDrawing: a figure is the same SVG each time; no two figures give parts one name",
  async (t) => {
    const draw = async (figure: (typeof figures)[number]) => String(await drawing?.draw(figure, "svg", 760));
    t.is(await draw(byRatio), await draw(byRatio));
    const ids: (string | undefined)[] = [];
    for (const figure of figures) {
      const found = (await draw(figure)).matchAll(/ id="([^"]+)"/g);
      ids.push(...new Set([...found].map(([, id]) => id)));
    }
    t.true(ids.length > figures.length);
    t.is(new Set(ids).size, ids.length);
  },
);

test("openDrawing: without Chromium there is none", async (t) => {
  t.is(await openDrawing("/nowhere"), undefined);
});

test.serial(
  "displayFigure: interactive and static forms of one figure, its description as text",
  async (t) => {
    const bundle = bundleOf(await displayFigure(byRatio));
    t.deepEqual(Object.keys(bundle), ["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"]);
    const { data, layout } = bundle["application/vnd.plotly.v1+json"] as { data: unknown; layout: object };
    t.deepEqual(data, byRatio.plotly.data);
    t.false("width" in layout, "as wide as the notebook");
    t.regex(String(bundle["image/svg+xml"]), /^<svg /);
    t.is(bundle["text/plain"], [byRatio.title, byRatio.altText, byRatio.caption].join("\n"));
  },
);

test.serial("displayFigure: thousands of points are stored as PNG", async (t) => {
  const points = Array.from({ length: 2000 }, (_, i) => i);
  const trace = { type: "scatter", mode: "markers", name: "points", x: points, y: points } as const;
  const cloud = { ...byRatio, plotly: { ...byRatio.plotly, data: [trace] } };
  const bundle = bundleOf(await displayFigure(cloud));
  t.deepEqual(Object.keys(bundle), ["application/vnd.plotly.v1+json", "image/png", "text/plain"]);
  const png = Buffer.from(String(bundle["image/png"]), "base64");
  t.is((await sharp(png).metadata()).format, "png");
  t.true(png.length < 200_000, `${png.length} bytes`);
});

test("noImageSvg: says that the image is missing, why, and how it comes back", async (t) => {
  const svg = noImageSvg({ ...byRatio, title: "a < b" }, 760);
  t.true(svg.includes(">a &lt; b</text>"));
  t.true(svg.includes("No static image: Plotly draws it in Chromium, and there was none."));
  t.true(svg.includes("sudo apt install chromium"));
  t.is((await sharp(Buffer.from(svg)).metadata()).width, 760);
});
