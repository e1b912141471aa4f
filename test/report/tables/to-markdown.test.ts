import test from "ava";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { renderTable } from "../../../src/report/tables/render-table.ts";
import { toMarkdown } from "../../../src/report/tables/to-markdown.ts";
import { madeUpRecord } from "../../support/made-up-record.ts";
import { smallTable } from "../../support/small-table.ts";

const row = findExperiment("table-5/bs-is");
const accuracy = { head: 0.6, medium: 0.5, tail: 0.25, all: 0.48 };
const records = [
  madeUpRecord(row, { accuracy }),
  madeUpRecord(row, { accuracy: { ...accuracy, all: 0.47 }, seed: 1 }),
];

test("toMarkdown: caption, escaped names, parts, points of two stages I, and how to fill what is missing", (t) => {
  t.is(
    toMarkdown(renderTable(smallTable, records, { profile: "paper" })),
    `Samplers \\& \\<p\\>. Ours with profile paper: as published.

| Method | Year | Group\\_1 Tail: paper | Group\\_1 Tail: shipped | Group\\_1 Tail: yours | Group\\_1 All: paper | Group\\_1 All: shipped | Group\\_1 All: yours |
| :-- | :-- | --: | --: | --: | --: | --: | --: |
| **Single model** |  |  |  |  |  |  |  |
| DR "50% \\| \\$x\\_1\\$", \\<b\\>★ | 2020 | 22.21 | – | – | 45.68 | – | – |
| **Multi-expert model** |  |  |  |  |  |  |  |
| BS+IS | – | – | – | 25.00 | 47.73 (↑2.05) | – | 47.50 (−0.23) |

- Accuracy in percent, of the balanced test set.
- ★ quoted by the paper from the method's own publication.
- Ours at the epoch with the best test accuracy: the paper's protocol, which picks the model on the test set.
- Head, medium and tail by the index ranges that the paper's tables use.
- In parentheses: ours minus the paper's, in percentage points.
- Ours: two stages I per number. An interval needs three stages I.
- Points, each the mean over the stage-II seeds of one stage I. BS+IS, Group\\_1 Tail, yours: 25.00, 25.00 from stage I of seeds 0, 1; BS+IS, Group\\_1 All, yours: 48.00, 47.00 from stage I of seeds 0, 1.
- – has no record; to fill those that the kit can run: npx h2t run table-5/dr --profile paper
`,
  );
});
