import test from "ava";
import { captioned } from "../../../src/report/figures/captioned.ts";
import type { Figure } from "../../../src/report/figures/figure.ts";
import { plotlyLayout } from "../../../src/report/figures/plotly-layout.ts";
import { wrapText } from "../../../src/report/figures/wrap-text.ts";

const figure: Figure = {
  ...{ name: "figure-0", title: "Two & two", altText: "None." },
  caption: "It is 50 % of eight, as everyone knows who has counted.",
  plotly: {
    data: ["Head", "Medium", "Tail"].map((name) => ({ type: "bar", name, x: [0], y: [1] })),
    layout: plotlyLayout({ height: 300, annotations: [{ text: "own" }] }),
  },
};

test("wrapText: lines break between words, but not before a percent sign", (t) => {
  t.deepEqual(wrapText("one two three", 7), ["one two", "three"]);
  t.deepEqual(wrapText("are 50 % of all", 6), ["are", "50 %", "of all"]);
  t.deepEqual(wrapText("extraordinary", 5), ["extraordinary"]);
});

test("captioned: title above and caption below make the figure higher, its own annotations stay", (t) => {
  const { layout } = captioned(figure, 760);
  const [own, title, caption] = layout.annotations as readonly { text: string }[];
  t.is(own?.text, "own");
  t.is(title?.text, "<b>Two &amp; two</b>");
  t.is(caption?.text, figure.caption);
  t.like(layout, { width: 760, height: 300 + 20 + 24, margin: { t: 44 + 20, b: 52 + 24 } });
  t.is(figure.plotly.layout.height, 300);
});

test("captioned: on a phone's width lines break, and the legend has room for its own", (t) => {
  const { layout } = captioned(figure, 200);
  const [, , caption] = layout.annotations as readonly { text: string }[];
  t.is(caption?.text, "It is 50 % of eight, as<br>everyone knows who has<br>counted.");
  t.like(layout, { margin: { t: 44 + 20 + 2 * 19, b: 52 + 3 * 16 + 8 } });
});
