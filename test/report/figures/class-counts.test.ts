import test from "ava";
import {
  classCountsFigure,
  classCountsToPlotly,
  classCountsToSvg,
} from "../../../src/report/figures/class-counts.ts";
import { metricColours } from "../../../src/report/theme.ts";
import { classGroups } from "../../../src/splits/class-groups.ts";

/** CIFAR-10-LT at ratio 100, as LDAM-DRW's code gives it. */
const classCounts = [5000, 2997, 1796, 1077, 645, 387, 232, 139, 83, 50];
const figure = classCountsFigure(classCounts, classGroups(classCounts, "byIndex"), "cifar10");

test("classCountsFigure: each class in its group, with its count", (t) => {
  t.deepEqual(figure, {
    caption: "cifar10: 12,406 training images, 5,000 to 50 a class",
    groups: [
      { name: "head", classes: [0, 1, 2], counts: [5000, 2997, 1796] },
      { name: "medium", classes: [3, 4, 5, 6], counts: [1077, 645, 387, 232] },
      { name: "tail", classes: [7, 8, 9], counts: [139, 83, 50] },
    ],
  });
});

test("classCountsFigure: an empty group is left out", (t) => {
  const { groups } = classCountsFigure(classCounts, classGroups(classCounts, "byCount"), "cifar10");
  t.deepEqual(
    groups.map(({ name, classes }) => [name, classes.length]),
    [
      ["head", 8],
      ["medium", 2],
    ],
  );
});

test("classCountsToPlotly: one trace a group, in the group's colour", (t) => {
  const { data, layout } = classCountsToPlotly(figure);
  t.deepEqual(
    data.map(({ name, x, y, marker }) => ({ name, x, y, marker })),
    [
      { name: "Head", x: [0, 1, 2], y: [5000, 2997, 1796], marker: { color: metricColours.head } },
      { name: "Medium", x: [3, 4, 5, 6], y: [1077, 645, 387, 232], marker: { color: metricColours.medium } },
      { name: "Tail", x: [7, 8, 9], y: [139, 83, 50], marker: { color: metricColours.tail } },
    ],
  );
  t.like(layout, { title: { text: figure.caption } });
});

test("classCountsToSvg: a bar a class, as high as its count", (t) => {
  const svg = classCountsToSvg(figure);
  const heights = [...svg.matchAll(/height="([\d.]+)" fill="#\w+"><title>class/g)].map(([, height]) =>
    Number(height),
  );
  t.is(heights.length, 10);
  heights.forEach((height, c) => {
    t.true(Math.abs(height / (heights[0] ?? 0) - (classCounts[c] ?? 0) / 5000) < 0.001, `class ${c}`);
  });
  t.true(svg.includes("<title>class 9: 50 images</title>"));
  t.true(svg.includes(">cifar10: 12,406 training images, 5,000 to 50 a class</text>"));
});

test("classCountsToSvg: both axes say what they count", (t) => {
  const svg = classCountsToSvg(classCountsFigure([2, 1], classGroups([2, 1], "byCount"), "two"));
  t.regex(svg, /transform="rotate\(-90 [^"]+"[^>]*>Training images<\/text>/);
  t.regex(svg, />Class<\/text>/);
});

test("classCountsToSvg: with 100 classes every fifth is named", (t) => {
  const counts = Array.from({ length: 100 }, (_, c) => 500 - c);
  const svg = classCountsToSvg(classCountsFigure(counts, classGroups(counts, "byIndex"), "cifar100"));
  t.true(svg.includes(">95</text>"));
  t.false(svg.includes(">96</text>"));
});
