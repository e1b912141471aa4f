import test from "ava";
import { publishedFigure5 } from "../../src/experiments/published/figure-5.ts";
import { rowsNamed } from "../../src/workflow/rows-named.ts";

const ids = (names: string[], profile: "demo" | "short" | "paper") =>
  rowsNamed(names, profile).map(({ id }) => id);

test("rowsNamed: a table stands for its rows, on their stand-in in the demo", (t) => {
  t.deepEqual(ids(["table-5"], "demo"), [
    "table-5/ce@glyphs-10",
    "table-5/dr@glyphs-10",
    "table-5/bs-rs@glyphs-10",
    "table-5/bs-bs@glyphs-10",
    "table-5/bs-is@glyphs-10",
  ]);
});

test("rowsNamed: other profiles keep a row's own images unless the name says another", (t) => {
  t.deepEqual(ids(["figure-5", "table-5/dr@tiny-imagenet-32"], "short"), [
    ...publishedFigure5.map(({ ratio }) => `figure-5/${ratio.toFixed(1)}`),
    "table-5/dr@tiny-imagenet-32",
  ]);
  t.deepEqual(ids(["table-5/dr@glyphs-100"], "demo"), ["table-5/dr@glyphs-100"]);
});

test("rowsNamed: a row that is named twice counts once", (t) => {
  t.deepEqual(ids(["table-5/dr", "table-5", "table-5/dr"], "paper").length, 5);
});

test("rowsNamed: only whole parts of an id count, and the nearest names are told", (t) => {
  t.throws(() => ids(["table-1/cifar10/10"], "paper"), {
    name: "UsageError",
    message:
      'ROW must be a row that the kit can run, or the beginning of several, got "table-1/cifar10/10"; did you mean "table-1/cifar10/100", "table-1/cifar10/50", "table-1/cifar10/200"? `h2t list` shows them all',
  });
  t.throws(() => ids(["table-5/dr@cifar10"], "paper"), {
    message: /^a row's stand-in must be a data set other/,
  });
});
