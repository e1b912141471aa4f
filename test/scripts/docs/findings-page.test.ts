import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import test from "ava";
import { withFindings, withHeadline } from "../../../scripts/docs/findings-page.ts";
import { readAnalyses } from "../../../src/analysis/analyses.ts";
import { FailureError } from "../../../src/errors.ts";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { againstCePart } from "../../../src/report/findings/against-ce.ts";
import type { FindingsPart } from "../../../src/report/findings/findings-part.ts";
import { forcesPart } from "../../../src/report/findings/forces.ts";
import {
  cellsPart,
  channelsPart,
  gainsPart,
  optimumPart,
  protocolPart,
  samplersPart,
} from "../../../src/report/findings/parts.ts";
import { studyOf } from "../../../src/report/findings/study.ts";
import { tauSweepPart } from "../../../src/report/findings/tau-sweep.ts";
import { markdownTable } from "../../../src/report/markdown-page.ts";
import { readRecords } from "../../../src/runs/records.ts";
import { paths } from "../../../src/workflow/paths.ts";
import { madeUpAnalysis } from "../../support/made-up-analysis.ts";
import { madeUpRecord } from "../../support/made-up-record.ts";

const page = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../../${name}`, import.meta.url)), "utf8");

/** A shipped record per seed; `all` in percent, the groups alike, the last epoch one point below. */
const records = (rowId: string, all: readonly number[]) =>
  all.map((percent, seed) => {
    const same = (value: number) => ({ head: value, medium: value, tail: value, all: value });
    return madeUpRecord(findExperiment(rowId), {
      ...{ seed, fromSeed: 0, keeper: "shipped" as const },
      accuracy: same(percent / 100),
      last: same((percent - 1) / 100),
    });
  });
const protocol = "protocol/cifar10/100";
const study = studyOf(
  [
    ...records(`${protocol}/shift-bn/fine-tuned/dr`, [70, 71, 72]),
    ...records(`${protocol}/shift-bn/fine-tuned/bs-is/0.0`, [70, 70, 70]),
    ...records(`${protocol}/shift-bn/fine-tuned/bs-is/0.3`, [72, 74, 76]),
    ...records(`${protocol}/shift-bn/fine-tuned/bs-is/1.0`, [10, 10, 10]),
    ...records(`${protocol}/shift-bn/fine-tuned/bs-bs/0.3`, [71, 71, 71]),
    ...records(`${protocol}/kept-bn/fine-tuned/dr`, [69, 70]),
  ],
  "paper",
);
const linesOf = (part: FindingsPart | string) =>
  (typeof part === "string" ? part : markdownTable(part.heads, part.rows)).split("\n");
const lineOf = (part: FindingsPart | string, beginning: string) =>
  linesOf(part).find((line) => line.startsWith(`| ${beginning}`)) ?? "";

test("findings: Table 1's cells with spread, and their difference from the paper at its own choice of epoch", (t) => {
  const part = cellsPart(study);
  t.is(
    lineOf(part, "dr-h2t | best"),
    "| dr-h2t | best on test | one stage I, three stage-II seeds | 74.00 (SD II 2.00) | 74.00 (SD II 2.00) | 74.00 (SD II 2.00) | 74.00 (SD II 2.00) | 82.87 | −8.87 |",
  );
  t.is(
    lineOf(part, "dr-mu | last"),
    "| dr-mu | last | one stage I, three stage-II seeds | 70.00 (SD II 1.00) | 70.00 (SD II 1.00) | 70.00 (SD II 1.00) | 70.00 (SD II 1.00) | – | – |",
  );
  t.is(lineOf(part, "ce | best"), "| ce | best on test | – | – | – | – | – | 70.70 | – |");
});

test("findings: the gain is paired by seed", (t) => {
  // Differences 2, 3 and 4 after one stage I: mean 3, standard deviation 1, no interval.
  const gain = "↑3.00 (SD II 1.00)";
  t.is(
    lineOf(gainsPart(study), "shift-BN on, fine-tuned | last"),
    `| shift-BN on, fine-tuned | last | ${gain} | ${gain} | ${gain} | ${gain} |`,
  );
});

test("findings: three stages I give intervals over their means, in accuracies and gains", (t) => {
  const after = (rowId: string, all: readonly number[]) =>
    all.map((percent, i) => {
      const value = percent / 100;
      const accuracy = { head: value, medium: value, tail: value, all: value };
      const [fromSeed, seed] = [Math.floor(i / 2), i % 2];
      return madeUpRecord(findExperiment(rowId), { fromSeed, seed, accuracy, keeper: "shipped" });
    });
  const own = studyOf(
    [
      ...after(`${protocol}/shift-bn/fine-tuned/dr`, [69, 71, 70, 70, 70, 70]),
      ...after(`${protocol}/shift-bn/fine-tuned/bs-is/0.3`, [71, 73, 73, 73, 75, 73]),
    ],
    "paper",
  );
  // Means 72, 73, 74 less 70 each: 4.302653 · 1 / √3 = 2.48.
  t.true(
    lineOf(cellsPart(own), "dr-h2t | best").startsWith(
      "| dr-h2t | best on test | three stages I, two stage-II seeds each | 73.00 [70.52, 75.48] |",
    ),
  );
  t.true(lineOf(gainsPart(own), "shift-BN on, fine-tuned | best").endsWith("| ↑3.00 [+0.52, +5.48] |"));
});

test("findings: what the second batch does at p = 0, and what its channels add", (t) => {
  // Against 70, 71, 72 for DR, 70 thrice at p = 0, and 72, 74, 76 at p = 0.3.
  t.is(
    lineOf(channelsPart(study), "shift-BN on, fine-tuned | best"),
    "| shift-BN on, fine-tuned | best on test | ↓1.00 (SD II 1.00) | ↑4.00 (SD II 2.00) | ↑3.00 (SD II 1.00) |",
  );
});

test("findings: the optimum is the p with the highest mean", (t) => {
  t.is(
    lineOf(optimumPart(study), "shift-BN on, fine-tuned | best"),
    "| shift-BN on, fine-tuned | best on test | 0.3 | 74.00 (SD II 2.00) | 70.00 (SD II 0.00) | 74.00 (SD II 2.00) | 10.00 (SD II 0.00) |",
  );
  t.is(
    lineOf(optimumPart(study), "shift-BN off, re-initialised | last"),
    "| shift-BN off, re-initialised | last | – | – | – | – | – |",
  );
});

test("findings: each fusing sampler over DR; each choice of the protocol, seed by seed", (t) => {
  t.is(
    lineOf(samplersPart(study), "shift-BN on, fine-tuned | BS+BS"),
    "| shift-BN on, fine-tuned | BS+BS | 71.00 (SD II 0.00) | ↑0.00 (SD II 1.00) | 70.00 (SD II 0.00) | ↑0.00 (SD II 1.00) |",
  );
  const part = protocolPart(study);
  t.is(
    lineOf(part, "best epoch"),
    "| best epoch on the test set, over the last one | ↑1.00 (SD II 0.00) | ↑1.00 (SD II 0.00) |",
  );
  t.is(lineOf(part, "shift-BN on, over off"), "| shift-BN on, over off | ↑1.00 (SD II 0.00) | – |");
  t.is(
    lineOf(part, "one seed"),
    "| one seed in place of the mean of all: from the worst to the best | 2.00 | 4.00 |",
  );
});

test("findings: every row with a record against plain CE, and whether the paper's difference has the same sign", (t) => {
  const table = "table-1/cifar10/100";
  const part = againstCePart(
    studyOf(
      [
        ...records(`${table}/ce`, [70]),
        ...records(`${table}/ce-mixup`, [68]),
        ...records(`${table}/dr-mu`, [69, 70]),
        ...records(`${table}/dr-h2t`, [75, 76]),
      ],
      "paper",
    ),
  );
  // The paper's Table 1: 70.70, 79.15 and 82.87.
  t.deepEqual(linesOf(part).slice(2), [
    "| CE + mixup | one stage I | −2.00 | −2.00 | −2.00 | −2.00 | – | – |",
    "| DR+MU | one stage I, two stage-II seeds | −0.50 | −0.50 | −0.50 | −0.50 | +8.45 | no |",
    "| DR+H2T | one stage I, two stage-II seeds | +5.50 | +5.50 | +5.50 | +5.50 | +12.17 | yes |",
  ]);
});

test("README.md: accuracy of the paper and ours, and what H2T adds in either", (t) => {
  const table = "table-1/cifar10/100";
  const made = [...records(`${table}/dr-mu`, [70, 71, 72]), ...records(`${table}/dr-h2t`, [72, 74, 76])];
  const text = withHeadline("<!-- headline -->\n<!-- /headline -->", made);
  t.is(lineOf(text, "CE loss"), "| CE loss | 70.70 | – | – | – | – |");
  t.is(
    lineOf(text, "DR+MU"),
    "| DR+MU | 79.15 | – | 71.00 (SD II 1.00) | – | one stage I, three stage-II seeds |",
  );
  // 82.87 − 79.15; ours as above.
  t.is(
    lineOf(text, "DR+H2T"),
    "| DR+H2T | 82.87 | ↑3.72 | 74.00 (SD II 2.00) | ↑3.00 (SD II 1.00) | one stage I, three stage-II seeds |",
  );
});

test("findings: a line for each τ of the sweep, at the only epoch", (t) => {
  const part = tauSweepPart(studyOf(records("tau-norm/cifar10/100/0.7", [71]), "paper"));
  t.is(linesOf(part).length, 2 + 21);
  t.is(lineOf(part, "0.7"), "| 0.7 | 70.00 | 70.00 | 70.00 | 70.00 |");
  t.is(lineOf(part, "2.0"), "| 2.0 | – | – | – | – |");
});

test("findings: a line for each p that was analysed, its projections over all pairs, a dash where it leaves no channel", (t) => {
  const lengths = { tail: 5, head: 13 };
  const pair = (tail: number, share: number) => ({
    ...{ tail, head: 0 },
    kept: { tail: 3, head: -5, lengths, share },
    replaced: { tail: 4, head: tail, lengths, share: 0.25 },
  });
  const made = [0, 0.3].flatMap((ratio) =>
    records(`${protocol}/shift-bn/fine-tuned/bs-is/${ratio.toFixed(1)}`, [70]),
  );
  const [none, some] = made.map(({ record }) => record.runId);
  const part = forcesPart(studyOf(made, "paper"), [
    madeUpAnalysis(some ?? "", { forces: { ratio: 0.3, draws: 7, pairs: [pair(7, 1), pair(8, 0.5)] } }),
    madeUpAnalysis(none ?? "", {
      forces: { ratio: 0, draws: 7, pairs: [{ ...pair(7, 1), replaced: null }] },
    }),
  ]);
  // Shares 1 and ½, and the heads 7 and 8, have means 75 % and 7.5.
  t.deepEqual(linesOf(part).slice(2), [
    "| 0.0 | 3.00 | −5.00 | 100.0 % | – | – | – |",
    "| 0.3 | 3.00 | −5.00 | 75.0 % | 4.00 | 7.50 | 25.0 % |",
  ]);
});

test("README.md and docs/findings.md: their tables are what the shipped records say", async (t) => {
  const folders = { shipped: paths.results };
  const [records, analyses] = await Promise.all([readRecords(folders), readAnalyses(folders)]);
  t.is(withFindings(page("docs/findings.md"), records, analyses), page("docs/findings.md"));
  t.is(withHeadline(page("README.md"), records), page("README.md"));
});

test("withFindings: a page without the comments is refused", (t) => {
  t.throws(() => withFindings("# Findings\n", [], []), {
    instanceOf: FailureError,
    message: /^the page must show a table between <!-- cells --> and <!-- \/cells -->, got neither; put /,
  });
});
