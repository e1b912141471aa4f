import test from "ava";
import { experiments } from "../../../src/experiments/rows/experiments.ts";
import { methodDiagram } from "../../../src/report/figures/method-diagram.ts";

const input = { records: [], analyses: [], profile: "short" } as const;
const textsOf = (row: string) =>
  (methodDiagram({ ...input, row }).plotly.layout.annotations as readonly { text: string }[])
    .map(({ text }) => text.replaceAll("<br>", " "))
    .filter((text) => text !== "");

test("Figure 2: the boxes of DR+H2T say what its row's stages hold", (t) => {
  t.deepEqual(textsOf("table-1/cifar10/100/dr-h2t"), [
    "<b>Stage I: 40 epochs in batches of 128</b>",
    "<b>Stage II: 10 epochs in batches of 128</b>",
    "instance batches",
    "mixup, α = 1",
    "resnet32, trained",
    "linear classifier, trained",
    "cross-entropy",
    "class-balanced batches",
    "instance batches",
    "resnet32 of stage I, kept; its statistics drift",
    "pooled features F",
    "pooled features F′",
    "F̃ = (1 − m) ⊗ F + m ⊗ F′: p = 0.3 of the channels from the other batch",
    "linear classifier, fine-tuned",
    "cross-entropy, labels of the class-balanced batches",
  ]);
});

test("Figure 2: another row has its own sampler, statistics and classifier, and without fusion one way", (t) => {
  t.true(textsOf("table-5/bs-rs").includes("reversed batches"));
  const kept = textsOf("protocol/cifar10/100/kept-bn/re-initialised/dr");
  t.true(kept.includes("resnet32 of stage I, kept; its statistics, too"));
  t.true(kept.includes("linear classifier, re-initialised"));
  t.false(kept.some((text) => text.includes("F′")));
});

test("Figure 2: of the drawn channels the fraction p is lent", (t) => {
  const lentOf = (row: string) => {
    const { shapes } = methodDiagram({ ...input, row }).plotly.layout;
    const cells = (shapes as readonly { fillcolor: string; line: { width: number }; y0: number }[]).filter(
      ({ line }) => line.width === 0,
    );
    const lowest = Math.max(...cells.map(({ y0 }) => y0));
    return cells.filter(({ y0, fillcolor }) => y0 === lowest && fillcolor === "#0072b2").length;
  };
  t.deepEqual(
    ["0.0", "0.1", "0.3", "0.7", "1.0"].map((ratio) => lentOf(`figure-5/${ratio}`)),
    [0, 2, 6, 14, 20],
  );
});

test("Figure 2: a point over each box tells the value behind it", (t) => {
  const [points] = methodDiagram(input).plotly.data;
  const texts = ((points?.text ?? []) as readonly string[]).map((text) => text.replaceAll("<br>", " "));
  t.true(
    texts.includes('{"fusion":{"kind":"headToTail", "ratio":0.3, "fusingSampler":"instance"}}'),
    texts.join("\n"),
  );
});

test("Figure 2: every row can be drawn", (t) => {
  for (const { id } of experiments()) t.true(methodDiagram({ ...input, row: id }).plotly.data.length > 0);
});
