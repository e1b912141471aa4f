import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import test from "ava";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { tableNames } from "../../../src/experiments/tables/table.ts";
import { findTable } from "../../../src/experiments/tables/tables.ts";
import { renderTable } from "../../../src/report/tables/render-table.ts";
import { toLatex } from "../../../src/report/tables/to-latex.ts";
import { readRecords } from "../../../src/runs/records.ts";
import { projectFolder } from "../../../src/setup/project-folder.ts";
import { temporaryFolder } from "../../support/class-folders.ts";
import { madeUpRecord } from "../../support/made-up-record.ts";
import { smallTable } from "../../support/small-table.ts";

const row = findExperiment("table-5/bs-is");
const accuracy = { head: 0.6, medium: 0.5, tail: 0.25, all: 0.48 };
const records = [
  madeUpRecord(row, { accuracy }),
  madeUpRecord(row, { accuracy: { ...accuracy, all: 0.47 }, seed: 1 }),
];

/** What a table may use: LaTeX's own commands, graphicx's, of which it does without, and those of booktabs. */
const commands = new Set([
  ...[
    "begin",
    "end",
    "centering",
    "caption",
    "label",
    "multicolumn",
    "emph",
    "par",
    "smallskip",
    "raggedright",
  ],
  ...["footnotesize", "ifdim", "else", "fi", "width", "linewidth", "providecommand", "resizebox"],
  ...["toprule", "midrule", "bottomrule", "cmidrule"],
  ...["textbackslash", "textasciicircum", "textasciitilde", "textless", "textgreater", "textbar"],
  ...["star", "dagger", "ddagger", "uparrow", "downarrow", "pm", "le", "times"],
]);

/** Columns that a line of the table fills. */
const columnsOf = (line: string) =>
  line
    .split(/(?<!\\)&/)
    .reduce((sum, cell) => sum + Number(/\\multicolumn\{(\d+)\}/.exec(cell)?.[1] ?? 1), 0);

for (const name of tableNames) {
  test(`toLatex: ${name} with the shipped records is well-formed, and compiles where there is a LaTeX`, async (t) => {
    const records = await readRecords({ shipped: path.join(projectFolder, "results"), yours: "/nowhere" });
    const latex = toLatex(renderTable(findTable(name), records, { profile: "paper" }));
    t.deepEqual(latex.match(/[^\n -~]/g), null, "no sign that needs an engine or encoding of its own");
    const used = [...latex.matchAll(/\\([a-z]+)/gi)].map(([, command]) => command ?? "");
    t.deepEqual(
      used.filter((command) => !commands.has(command)),
      [],
    );
    const signs = latex.replaceAll(/\\[{}]/g, "");
    t.is(signs.split("{").length, signs.split("}").length);
    t.is(latex.replaceAll("\\$", "").split("$").length % 2, 1);
    const width = /\\begin\{tabular\}\{(.*)\}/.exec(latex)?.[1]?.length ?? 0;
    const lines = latex.split("\n").filter((line) => line.endsWith(" \\\\"));
    t.true(lines.length > 5);
    for (const line of lines) t.is(columnsOf(line), width, line);
    if (spawnSync("pdflatex", ["--version"]).status !== 0) return;
    const folder = await temporaryFolder(t);
    const page = `\\documentclass{article}\\usepackage{booktabs}\\begin{document}\n${latex}\\end{document}\n`;
    await writeFile(path.join(folder, "table.tex"), page);
    const args = ["-interaction=nonstopmode", "-halt-on-error", "table.tex"];
    const { status, stdout } = spawnSync("pdflatex", args, { cwd: folder, encoding: "utf8" });
    t.is(status, 0, stdout);
  });
}

test("toLatex: booktabs with headings over several columns, escaped names, hyphens kept apart", (t) => {
  t.is(
    toLatex(renderTable(smallTable, records, { profile: "paper" })),
    `\\begin{table}
\\centering
\\caption{Samplers \\& \\textless{}p\\textgreater{}. Ours with profile paper: as published.}
\\label{tab:table-5}
\\providecommand{\\resizebox}[3]{#3}
\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%
\\begin{tabular}{llrrrr}
\\toprule
 &  & \\multicolumn{4}{c}{Group\\_1} \\\\
\\cmidrule(lr){3-6}
 &  & \\multicolumn{2}{c}{Tail} & \\multicolumn{2}{c}{All} \\\\
\\cmidrule(lr){3-4} \\cmidrule(lr){5-6}
Method & Year & paper & yours & paper & yours \\\\
\\midrule
\\multicolumn{6}{l}{\\emph{Single model}} \\\\
DR "50\\% \\textbar{} \\$x\\_1\\$", \\textless{}b\\textgreater{}$^\\star$ & 2020 & 22.21 & -- & 45.68 & -- \\\\
\\midrule
\\multicolumn{6}{l}{\\emph{Multi-expert model}} \\\\
BS+IS & -- & -- & 25.00 & 47.73 ($\\uparrow$2.05) & 47.50 ($-$0.23) \\\\
\\bottomrule
\\end{tabular}}
\\par\\smallskip\\raggedright\\footnotesize
\\par Accuracy in percent, of the balanced test set.
\\par $^\\star$ quoted by the paper from the method's own publication.
\\par Ours at the epoch with the best test accuracy: the paper's protocol, which picks the model on the test set.
\\par Head, medium and tail by the index ranges that the paper's tables use.
\\par In parentheses: ours minus the paper's, in percentage points.
\\par Ours: two stages I per number. An interval needs three stages I.
\\par Points, each the mean over the stage-II seeds of one stage I. BS+IS, Group\\_1 Tail, yours: 25.00, 25.00 from stage I of seeds 0, 1; BS+IS, Group\\_1 All, yours: 48.00, 47.00 from stage I of seeds 0, 1.
\\par -- has no record; to fill those that the kit can run: npx h2t run table-5/dr -{}-profile paper
\\end{table}
`,
  );
});
