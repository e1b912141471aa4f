import test from "ava";
import { findExperiment } from "../../src/paper/rows/experiments.ts";
import { renderTable } from "../../src/report/render-table.ts";
import { toLatex } from "../../src/report/to-latex.ts";
import { madeUpRecord } from "../support/made-up-record.ts";
import { smallTable } from "../support/small-table.ts";

const row = findExperiment("table-5/bs-is");
const accuracy = { head: 0.6, medium: 0.5, tail: 0.25, all: 0.48 };
const records = [
  madeUpRecord(row, { accuracy }),
  madeUpRecord(row, { accuracy: { ...accuracy, all: 0.47 }, seed: 1 }),
];

test("toLatex: booktabs with headings over several columns, escaped names, hyphens kept apart", (t) => {
  t.is(
    toLatex(renderTable(smallTable, records, { profile: "paper" })),
    `\\begin{table}
\\centering
\\caption{Samplers \\& \\textless{}p\\textgreater{}. Ours with profile paper: as published.}
\\label{tab:table-5}
\\providecommand{\\resizebox}[3]{#3}
\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%
\\begin{tabular}{llrrrrrr}
\\toprule
 &  & \\multicolumn{6}{c}{Group\\_1} \\\\
\\cmidrule(lr){3-8}
 &  & \\multicolumn{3}{c}{Tail} & \\multicolumn{3}{c}{All} \\\\
\\cmidrule(lr){3-5} \\cmidrule(lr){6-8}
Method & Year & paper & shipped & yours & paper & shipped & yours \\\\
\\midrule
\\multicolumn{8}{l}{\\emph{Single model}} \\\\
DR "50\\% \\textbar{} \\$x\\_1\\$", \\textless{}b\\textgreater{}$^\\star$ & 2020 & 22.21 & -- & -- & 45.68 & -- & -- \\\\
\\midrule
\\multicolumn{8}{l}{\\emph{Multi-expert model}} \\\\
BS+IS & -- & -- & -- & 25.00 $\\pm$ 0.00 & 47.73 ($\\uparrow$2.05) & -- & 47.50 $\\pm$ 0.71 ($-$0.23) \\\\
\\bottomrule
\\end{tabular}}
\\par\\footnotesize Accuracy in percent, of the balanced test set.
\\par\\footnotesize $^\\star$ quoted by the paper from the method's own publication.
\\par\\footnotesize Ours at the epoch with the best test accuracy: the paper's protocol, which picks the model on the test set.
\\par\\footnotesize Head, medium and tail by the index ranges that the paper's tables use.
\\par\\footnotesize In parentheses: ours minus the paper's, in percentage points.
\\par\\footnotesize $\\pm$ sample standard deviation over seeds (at most 2).
\\par\\footnotesize -- has no record; to fill those that the kit can run: npx h2t run table-5/dr -{}-profile paper
\\end{table}
`,
  );
});
