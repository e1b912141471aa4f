import test from "ava";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { renderTable } from "../../../src/report/tables/render-table.ts";
import { toHtml } from "../../../src/report/tables/to-html.ts";
import { madeUpRecord } from "../../support/made-up-record.ts";
import { smallTable } from "../../support/small-table.ts";

const row = findExperiment("table-5/bs-is");
const accuracy = { head: 0.6, medium: 0.5, tail: 0.25, all: 0.48 };
const records = [
  madeUpRecord(row, { accuracy }),
  madeUpRecord(row, { accuracy: { ...accuracy, all: 0.47 }, seed: 1 }),
];

test("toHtml: escaped names, and where each number comes from as its cell's title", (t) => {
  t.is(
    toHtml(renderTable(smallTable, records, { profile: "paper" })),
    `<figure class="h2t-table">
<figcaption>Samplers &amp; &lt;p&gt;. Ours with profile paper: as published.</figcaption>
<div class="scroll"><table>
<thead>
<tr><th scope="col" rowspan="3">Method</th><th scope="col" rowspan="3">Year</th><th scope="colgroup" colspan="6">Group_1</th></tr>
<tr><th scope="col" colspan="3">Tail</th><th scope="col" colspan="3">All</th></tr>
<tr><th scope="col" class="paper">paper</th><th scope="col" class="shipped">shipped</th><th scope="col" class="yours">yours</th><th scope="col" class="paper">paper</th><th scope="col" class="shipped">shipped</th><th scope="col" class="yours">yours</th></tr>
</thead>
<tbody>
<tr class="part"><th colspan="8">Single model</th></tr>
<tr><th scope="row">DR &quot;50% | $x_1$&quot;, &lt;b&gt;★</th><td class="year">2020</td><td class="paper" title="Quoted by the paper from the method&#39;s own publication.">22.21</td><td class="shipped empty" title="No record ships with the kit.">–</td><td class="yours empty" title="No run yet: npx h2t run table-5/dr --profile paper">–</td><td class="paper" title="Quoted by the paper from the method&#39;s own publication.">45.68</td><td class="shipped empty" title="No record ships with the kit.">–</td><td class="yours empty" title="No run yet: npx h2t run table-5/dr --profile paper">–</td></tr>
<tr class="part"><th colspan="8">Multi-expert model</th></tr>
<tr><th scope="row">BS+IS</th><td class="year">–</td><td class="paper empty" title="Not in the paper.">–</td><td class="shipped empty" title="No record ships with the kit.">–</td><td class="yours" title="table-5/bs-is on the official images; seed 0: 25.00 at epoch 7, run 19c1e82ab5e20703; seed 1: 25.00 at epoch 7, run 6ea61934730d35d1; two stages I">25.00</td><td class="paper" title="Re-run by the paper&#39;s authors.">47.73 (↑2.05)</td><td class="shipped empty" title="No record ships with the kit.">–</td><td class="yours" title="table-5/bs-is on the official images; seed 0: 48.00 at epoch 7, run 19c1e82ab5e20703; seed 1: 47.00 at epoch 7, run 6ea61934730d35d1; two stages I">47.50 (−0.23)</td></tr>
</tbody>
</table></div>
<ul class="notes">
<li>Accuracy in percent, of the balanced test set.</li>
<li>★ quoted by the paper from the method&#39;s own publication.</li>
<li>Ours at the epoch with the best test accuracy: the paper&#39;s protocol, which picks the model on the test set.</li>
<li>Head, medium and tail by the index ranges that the paper&#39;s tables use.</li>
<li>In parentheses: ours minus the paper&#39;s, in percentage points.</li>
<li>Ours: two stages I per number. An interval needs three stages I.</li>
<li>Points, each the mean over the stage-II seeds of one stage I. BS+IS, Group_1 Tail, yours: 25.00, 25.00 from stage I of seeds 0, 1; BS+IS, Group_1 All, yours: 48.00, 47.00 from stage I of seeds 0, 1.</li>
<li>– has no record; to fill those that the kit can run: npx h2t run table-5/dr --profile paper</li>
</ul>
</figure>
`,
  );
});

test("toHtml: compact leaves out columns of ours without a number, and centres headings over several", (t) => {
  const html = toHtml(renderTable(smallTable, records, { profile: "paper" }), { compact: true });
  t.false(html.includes("shipped"));
  t.true(html.includes('<th scope="colgroup" colspan="4" style="text-align: center">Group_1</th>'));
  t.true(html.includes('<th scope="col" colspan="2" style="text-align: center">Tail</th>'));
});

test("toHtml: compact keeps room for yours where nothing is measured yet", (t) => {
  const html = toHtml(renderTable(smallTable, [], { profile: "paper" }), { compact: true });
  t.true(html.includes('<th scope="col" class="paper">paper</th><th scope="col" class="yours">yours</th>'));
});
