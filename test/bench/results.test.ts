import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import test from "ava";
import { mergeResults } from "../../bench/merge-results.ts";
import { pageWithTable } from "../../bench/page.ts";
import type { Results, SectionResult } from "../../bench/results.ts";
import { newestResults, readResults, writeResults } from "../../bench/results-files.ts";
import { compare } from "../../bench/statistics.ts";
import { resultsTable } from "../../bench/table.ts";
import { FailureError } from "../../src/errors.ts";
import { temporaryFolder } from "../support/class-folders.ts";

const sectionOf = (name: string, startedAt: string, ours: readonly number[]): SectionResult => ({
  ...{ name, startedAt, commit: null, loadAverage: 0.1, wallSeconds: 3 },
  groups: [
    {
      title: "Step",
      unit: "seconds",
      rows: compare({ ours, theirs: ours.map((value) => 1.5 * value) }),
    },
    {
      title: "Whole",
      unit: "seconds",
      rows: compare({ whole: [7200] }).map((row) => ({ ...row, isExtrapolated: true })),
    },
  ],
});
const results: Results = {
  schemaVersion: 1,
  date: "2026-01-02",
  machine: {
    cpu: "Made-up CPU @ 3",
    cores: 2,
    memoryBytes: 24 * 2 ** 30,
    threads: 2,
    node: "20.0.0",
    tensorflow: "2.21.0",
    torch: "2.13.0",
  },
  sections: [sectionOf("a", "2026-01-02T03:00:00.000Z", [0.2, 0.4, 0.3])],
};

test("benchmark: the table gives medians, quartiles, paired ratios, and marks what is extrapolated", (t) => {
  t.is(
    resultsTable(results),
    `2026-01-02, Made-up CPU @ 3 with 2 cores and 24 GiB, 2 threads, TensorFlow 2.21.0, PyTorch 2.13.0, Node 20.0.0.

|           |  median (quartiles) | relative to the first row |
| :-------- | ------------------: | ------------------------: |
| **Step**  |                     |                           |
| ours      | 300 (250 to 350) ms |                           |
| theirs    | 450 (375 to 525) ms |     × 1.50 (1.50 to 1.50) |
| **Whole** |                     |                           |
| whole     |            ≈ 2.00 h |                           |

≈ is extrapolated from measured epochs; all else is measured in full.
`,
  );
});

test("benchmark: a section that is measured again replaces the earlier one, in the table's order", (t) => {
  const later: Results = {
    ...results,
    machine: { ...results.machine, torch: null },
    sections: [sectionOf("a", "2026-01-02T05:00:00.000Z", [1])],
  };
  const earlier: Results = {
    ...results,
    sections: [sectionOf("b", "2026-01-02T04:00:00.000Z", [2]), ...results.sections],
  };
  const merged = mergeResults(earlier, later, ["a", "b"]);
  t.deepEqual(
    merged.sections.map(({ name, startedAt }) => [name, startedAt.slice(11, 13)]),
    [
      ["a", "05"],
      ["b", "04"],
    ],
  );
  t.is(merged.machine.torch, "2.13.0");
});

test("benchmark: what was measured with other versions is not mixed in", (t) => {
  const earlier: Results = {
    ...results,
    sections: [sectionOf("b", "2026-01-02T02:00:00.000Z", [2])],
  };
  for (const versions of [{ node: "24.0.0" }, { tensorflow: "2.22.0" }, { torch: "2.14.0" }]) {
    const later = { ...results, machine: { ...results.machine, ...versions } };
    t.deepEqual(mergeResults(earlier, later, ["a", "b"]), later);
  }
});

test("benchmark: results are read as written, the newest by its sections; damage is named", async (t) => {
  const folder = await temporaryFolder(t);
  for (const none of [folder, path.join(folder, "absent")]) {
    t.throws(() => newestResults(none), {
      instanceOf: FailureError,
      message: `the table is made from results, got none in ${none}; measure with \`npm run bench\``,
    });
  }
  const file = await writeResults(folder, results);
  t.is(path.basename(file), "2026-01-02-made-up-cpu-3-2-threads.json");
  t.deepEqual(readResults(file), results);
  const other = {
    ...results,
    date: "2026-01-01",
    sections: [sectionOf("a", "2026-01-03T03:00:00.000Z", [1])],
  };
  t.is(newestResults(folder), file);
  const newer = await writeResults(folder, other);
  t.is(newestResults(folder), newer);
  await writeFile(file, JSON.stringify({ ...results, schemaVersion: 2 }));
  const error = t.throws(() => readResults(file), { instanceOf: FailureError });
  t.true(error?.message.startsWith(`a file of results must be whole and of schema version 1, got ${file}: `));
});

test("benchmark: a page shows the groups that it names, and none that was not measured", async (t) => {
  const folder = await temporaryFolder(t);
  const file = await writeResults(folder, results);
  const page = path.join(folder, "page.md");
  const shown = `<!-- speed: ${path.basename(file)} | Whole -->`;
  await writeFile(page, `${shown}\n<!-- /speed -->\n`);
  t.regex(
    pageWithTable(page),
    /^<!-- speed: 2026-01-02-made-up-cpu-3-2-threads\.json \| Whole -->\n\n2026-01-02/,
  );
  t.deepEqual(pageWithTable(page).match(/\*\*\w+\*\*/g), ["**Whole**"]);
  await writeFile(page, `${shown.replace("Whole", "Hole")}\n<!-- /speed -->\n`);
  t.throws(() => pageWithTable(page), {
    instanceOf: FailureError,
    message: 'a page shows groups that were measured, got "Hole"; name one of "Step", "Whole"',
  });
});

for (const name of ["README.md", "docs/speed.md"]) {
  test(`${name}: its table of speeds is what the results say`, (t) => {
    const page = fileURLToPath(new URL(`../../${name}`, import.meta.url));
    t.is(pageWithTable(page), readFileSync(page, "utf8"));
  });
}
