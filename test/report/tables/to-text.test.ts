import test from "ava";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { findTable } from "../../../src/experiments/tables/tables.ts";
import { renderTable } from "../../../src/report/tables/render-table.ts";
import { toText } from "../../../src/report/tables/to-text.ts";
import { madeUpRecord } from "../../support/made-up-record.ts";

const accuracy = { head: 0.6, medium: 0.5, tail: 0.25, all: 0.475 };
const better = { ...accuracy, tail: 0.3, all: 0.48 };
const records = [
  madeUpRecord(findExperiment("table-5/dr"), { accuracy }),
  madeUpRecord(findExperiment("table-5/bs-is"), { accuracy: better }),
];
const table5 = renderTable(findTable("table-5"), records, { profile: "paper" });

test("toText: aligned, columns that do not fit below the others, a gain below ours, notes wrapped", (t) => {
  t.is(
    toText(table5, 60),
    `Impact of different samplers, CIFAR100-LT at imbalance ratio
100, ResNet-32. Ours with profile paper: as published.

                             Head                   Med
Method       paper          yours  paper          yours
CE loss      67.86              –  38.51              –
DR w.o. H2T  63.67  60.00 (−3.67)  46.63  50.00 (+3.37)
BS+RS        63.56              –  48.60              –
BS+BS        62.72              –  49.14              –
BS+IS        62.00  60.00 (−2.00)  50.17  50.00 (−0.17)
                            ↑0.00                 ↑0.00

                             Tail                   All
Method       paper          yours  paper          yours
CE loss       5.66              –  39.55              –
DR w.o. H2T  22.21  25.00 (+2.79)  45.68  47.50 (+1.82)
BS+RS        24.07              –  46.87              –
BS+BS        25.93              –  47.30              –
BS+IS        27.07  30.00 (+2.93)  47.73  48.00 (+0.27)
                            ↑5.00                 ↑0.50

- Accuracy in percent, of the balanced test set.
- Ours at the epoch with the best test accuracy: the paper's
  protocol, which picks the model on the test set.
- Head, medium and tail by the index ranges that the paper's
  tables use.
- In parentheses: ours minus the paper's, in percentage
  points.
- ↑, ↓ behind ours: mean difference to the base, paired by
  seed and stage I; no interval with fewer than three stages
  I. BS+IS: over DR w.o. H2T.
- Ours: one stage I per number. An interval needs three
  stages I.
- – has no record; to fill those that the kit can run: npx
  h2t run table-5/ce table-5/bs-rs table-5/bs-bs --profile
  paper
`,
  );
});

test("toText: as many columns side by side as the terminal is wide for", (t) => {
  const heads = (width: number) => toText(table5, width).match(/^Method /gm)?.length;
  t.deepEqual([40, 80, 120].map(heads), [4, 2, 1]);
});

test("toText: Table 1 fits 80 columns, and of the kit's own rows those with numbers are shown", (t) => {
  const row = findExperiment("table-1/cifar10/100/dr-zeros");
  const model = renderTable(findTable("table-1"), [madeUpRecord(row, { accuracy })], { profile: "paper" });
  const text = toText(model, 80);
  t.deepEqual(
    text.split("\n").filter((line) => line.length > 80),
    [],
  );
  t.deepEqual(text.match(/^.*†/gm), ["DR + zeros†", "- †"]);
  t.is(text.match(/^DR\+H2T /gm)?.length, 3);
});
