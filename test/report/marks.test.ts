import test from "ava";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { findTable } from "../../src/experiments/tables/tables.ts";
import { renderTable } from "../../src/report/tables/render-table.ts";
import { toCsv } from "../../src/report/tables/to-csv.ts";
import { toHtml } from "../../src/report/tables/to-html.ts";
import { toJson } from "../../src/report/tables/to-json.ts";
import { toLatex } from "../../src/report/tables/to-latex.ts";
import { toMarkdown } from "../../src/report/tables/to-markdown.ts";
import { madeUpRecord } from "../support/made-up-record.ts";

const seeds = (id: string, accuracies: readonly number[]) =>
  accuracies.map((all, seed) =>
    madeUpRecord(findExperiment(id), { accuracy: { head: null, medium: null, tail: null, all }, seed }),
  );
const records = [
  ...seeds("table-1/cifar10/100/dr-mu", [0.78, 0.79, 0.8]),
  ...seeds("table-1/cifar10/100/dr-h2t", [0.79, 0.82, 0.82]),
  ...seeds("table-1/cifar100/100/dr-mu", [0.45]),
  ...seeds("table-1/cifar100/100/dr-h2t", [0.44]),
  ...seeds("table-1/cifar100/100/ce-cmo", [0.44]),
];
const model = renderTable(findTable("table-1"), records, { profile: "paper" });
const markdown = toMarkdown(model);
const lineOf = (text: string, beginning: string) =>
  text.split("\n").find((line) => line.startsWith(beginning)) ?? "";

test("toMarkdown: a gain stands behind ours with its interval, with one seed without; the mark only where settings are inferred", (t) => {
  // Differences 1, 3, 2: 2 ± 4.30265 / √3 = 2 ± 2.48414. Accuracies 79, 82, 82: 81 ± 4.30265 · √3 / √3.
  t.is(
    lineOf(markdown, "| DR+H2T "),
    "| DR+H2T | – | 78.59 (↑5.53) | –‡ | –‡ | 82.87 (↑2.14) | –‡ | 81.00‡ [76.70, 85.30] (−1.87) ↑2.00 [−0.48, +4.48] | 86.35 (↑3.72) | –‡ | –‡" +
      " | 43.95 (↑2.22) | – | – | 47.73 (↑2.05) | – | 44.00 (−3.73) ↓1.00 | 52.95 (↑2.09) | – | – |",
  );
});

test("toMarkdown: where every cell is inferred the row's name has the mark", (t) => {
  t.regex(lineOf(markdown, "| GCL+H2T"), /^\| GCL\+H2T‡ \| – \| 79\.42 \(↑0\.86\) \| – \| – \|/);
  t.regex(lineOf(markdown, "| LDAM-DRW |"), /^\| LDAM-DRW \| 2019 \|/);
});

test("toMarkdown: a quoted number and ours stand apart; MBJ and ACE have the reason below", (t) => {
  t.regex(lineOf(markdown, "| CE+CMO★"), / 43\.90 \| – \| 44\.00 \(\+0\.10\) \|/);
  t.true(
    markdown.includes(
      "\n- Not run, the paper's numbers only. MBJ, ACE: no public code to check a row against.\n",
    ),
  );
  t.true(toHtml(model).includes('title="Not run: no public code to check a row against."'));
});

test("footnotes: what was inferred from what, by rows, and over which base gains are", (t) => {
  const [inferred = ""] = model.footnotes.filter((note) => note.startsWith("‡"));
  t.true(
    inferred.startsWith("‡ settings that no source gives, inferred. CE loss: without mixup, which"),
    inferred,
  );
  t.true(inferred.includes("; GCL: no mixup in stage II; "), inferred);
  t.true(
    inferred.includes(
      "; DR+MU, DR+H2T, DR + zeros, DR + noise: stage II's settings, from those for CIFAR-100-LT; ",
    ),
    inferred,
  );
  t.true(
    model.footnotes.includes(
      "↑, ↓ behind ours: mean difference to the base, paired by seed and stage I; in brackets its 95 % interval over stage-I seeds (Student's t). DR+H2T: over DR+MU.",
    ),
    model.footnotes.join("\n"),
  );
});

test("toHtml, toLatex: mark and gain, and in the title how many pairs and what was inferred", (t) => {
  const cell = "81.00‡ [76.70, 85.30] (−1.87)<br>↑2.00 [−0.48, +4.48]</td>";
  t.true(toHtml(model).includes(cell));
  t.true(
    toHtml(model).includes(
      '; three stages I; 3 paired with table-1/cifar10/100/dr-mu; inferred: stage II&#39;s settings, from those for CIFAR-100-LT"',
    ),
  );
  t.true(
    toLatex(model).includes("81.00$^\\ddagger$ [76.70, 85.30] ($-$1.87) $\\uparrow$2.00 [$-$0.48, +4.48]"),
  );
  t.true(toLatex(model).includes("44.00 ($-$3.73) $\\downarrow$1.00"));
});

test("toCsv, toJson: base, inferred settings, gain and interval as fields", (t) => {
  const inferred = "stage II's settings, from those for CIFAR-100-LT";
  const line = toCsv(model)
    .split("\r\n")
    .find((one) => one.includes("table-1/cifar10/100/dr-h2t,"));
  t.is(
    line,
    `table-1,paper,,DR+H2T,re-run,"CIFAR10-LT, ratio 100",all,table-1/cifar10/100/dr-h2t,table-1/cifar10/100/dr-mu,"${inferred}",82.87,2.14,,,,,,,,,,,,,,,,,,81.0000,76.6973,85.3027,0 1 2,79.0000 82.0000 82.0000,,-1.8700,0 1 2,official,made-up-official,2.0000,-0.4841,4.4841,0 1 2,1.0000 3.0000 2.0000,,3,`,
  );
  const cell = JSON.parse(toJson(model)).rows.find(({ name }: { name: string }) => name === "DR+H2T")
    .cells[1];
  t.deepEqual(cell.base, { rowId: "table-1/cifar10/100/dr-mu", name: "DR+MU" });
  t.is(cell.inferred, inferred);
  t.is(cell.yours.gain.pairs, 3);
});
