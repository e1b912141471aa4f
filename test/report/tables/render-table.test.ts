import test from "ava";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import type { PaperTable } from "../../../src/experiments/tables/table.ts";
import { tableOfRows } from "../../../src/experiments/tables/table-of-rows.ts";
import { findTable } from "../../../src/experiments/tables/tables.ts";
import { renderTable } from "../../../src/report/tables/render-table.ts";
import type { Measured, TableModel } from "../../../src/report/tables/table-model.ts";
import { toMarkdown } from "../../../src/report/tables/to-markdown.ts";
import type { StoredRecord } from "../../../src/runs/records.ts";
import { rowsNamed } from "../../../src/workflow/rows-named.ts";
import { type MadeUp, madeUpRecord } from "../../support/made-up-record.ts";

const bsIs = findExperiment("table-5/bs-is");
const table5 = findTable("table-5");
const accuracy = { head: 0.6, medium: 0.5, tail: 0.25, all: 0.475 };
const cellOf = (model: TableModel, row: number, column: number) => model.rows[row]?.cells[column];
const near = (value: number | null | undefined, expected: number) =>
  typeof value === "number" && Math.abs(value - expected) < 1e-9;

test("renderTable: without records each cell has the published number and the command that fills it", (t) => {
  const model = renderTable(table5, [], { profile: "short" });
  t.deepEqual(cellOf(model, 4, 3), {
    published: 47.73,
    gain: null,
    rowId: "table-5/bs-is",
    base: { rowId: "table-5/dr", name: "DR w.o. H2T" },
    inferred: null,
    shipped: null,
    yours: null,
    command: "npx h2t run table-5/bs-is --profile short",
  });
  t.is(
    model.command,
    "npx h2t run table-5/ce table-5/dr table-5/bs-rs table-5/bs-bs table-5/bs-is --profile short",
  );
});

test("renderTable: many rows without record are filled by the main job", (t) => {
  const model = renderTable(findTable("table-1"), [], { profile: "paper" });
  t.is(model.command, "./reproduce.sh --only table-1 --profile paper");
});

test("renderTable: many rows on a stand-in that is not the profile's own are filled by their beginning", (t) => {
  const commandOn = (profile: "short" | "demo", standIn: "tiny-imagenet-32" | "glyphs-10") =>
    renderTable(findTable("table-1"), [], { profile, standIn }).command;
  const command = commandOn("short", "tiny-imagenet-32");
  t.is(command, "npx h2t run table-1/cifar100@tiny-imagenet-32 --profile short");
  const named = rowsNamed(["table-1/cifar100@tiny-imagenet-32"], "short").map(({ id }) => id);
  const shown = renderTable(findTable("table-1"), [], { profile: "short", standIn: "tiny-imagenet-32" });
  const cells = shown.rows.flatMap((row) => row.cells.flatMap(({ rowId }) => rowId ?? []));
  t.deepEqual(named.sort(), cells.sort());
  t.is(commandOn("demo", "glyphs-10"), "./reproduce.sh --only table-1 --profile demo");
});

test("renderTable: a table that cannot be run has no command, and says what it waits for and who cannot be run at all", (t) => {
  const model = renderTable(findTable("table-2"), [], { profile: "paper" });
  t.is(model.command, null);
  t.is(cellOf(model, 0, 0)?.command, null);
  t.is(model.caption, "Top-1 accuracy on ImageNet-LT, ResNet-50.");
  t.deepEqual(model.footnotes.slice(2), [
    "Not run, the paper's numbers only. MBJ, ACE: no public code to check a row against.",
    "Head, medium and tail by the index ranges that the paper's tables use.",
    "– in ours: the kit cannot run these methods yet, which takes ImageNet-LT and a ResNet-50; once it can: ./reproduce.sh --only table-2 --profile paper",
  ]);
  t.regex(
    toMarkdown(model),
    /\| RIDE \(180 eps\) \| 2021 \| 69\.59 \| – \| 53\.06 \| – \| 30\.09 \| – \| 55\.72 \| – \|/,
  );
});

test("renderTable: where the paper's ↑ and its accuracies differ, a note below says by how much, and nowhere else", (t) => {
  const noteOf = (table: PaperTable, standIn?: "glyphs-10") =>
    renderTable(table, [], { profile: "paper", ...(standIn && { standIn }) }).footnotes.filter((note) =>
      note.includes("↑"),
    );
  const note = (items: string) => `The paper prints ↑ that its accuracies do not give. ${items}.`;
  const at100 = "↑2.14, but 82.87 − 79.15 = 3.72";
  const table1 = note(
    `DR+H2T, CIFAR10-LT, ratio 100: ${at100}; DR+H2T, CIFAR10-LT, ratio 50: ↑3.72, but 86.35 − 84.21 = 2.14`,
  );
  t.deepEqual(noteOf(findTable("table-1")), [table1]);
  t.deepEqual(noteOf(findTable("table-1"), "glyphs-10"), [table1]);
  t.deepEqual(noteOf(findTable("table-4")), [note("DR+H2T, All: ↑3.52, but 40.95 − 37.40 = 3.55")]);
  for (const name of ["table-2", "table-3", "table-5"]) t.deepEqual(noteOf(findTable(name)), []);
  const own = tableOfRows("x", "X", ["table-1/cifar10/100/dr-mu", "table-1/cifar10/100/dr-h2t"]);
  t.deepEqual(noteOf(own), [note(`DR+H2T, All: ${at100}`)]);
});

test("renderTable: one seed gives its accuracy in percent and the difference, without spread", (t) => {
  const stored = madeUpRecord(bsIs, { accuracy });
  const yours = cellOf(renderTable(table5, [stored], { profile: "paper" }), 4, 3)?.yours;
  t.true(near(yours?.percent, 47.5));
  t.true(near(yours?.difference, -0.23));
  t.deepEqual([yours?.interval, yours?.stageTwo], [null, null]);
  t.deepEqual(
    yours?.runs.map(({ runId, seed, file, epoch }) => ({ runId, seed, file, epoch })),
    [{ runId: stored.record.runId, seed: 0, file: stored.file, epoch: 7 }],
  );
});

const seedsOf = (fromSeeds: readonly number[], percents: readonly number[]) =>
  percents.map((percent, i) =>
    madeUpRecord(bsIs, {
      accuracy: { ...accuracy, all: percent / 100 },
      // The stage-II seeds of each stage I count from 0.
      seed: fromSeeds.slice(0, i).filter((one) => one === fromSeeds[i]).length,
      fromSeed: fromSeeds[i] ?? 0,
    }),
  );
const allOf = (records: ReturnType<typeof seedsOf>) =>
  cellOf(renderTable(table5, records, { profile: "paper" }), 4, 3)?.yours;

test("renderTable: three stages I give the mean of their means and Student's interval over those", (t) => {
  // Stage-II seeds average to 46, 47 and 50; the plain mean of the six runs would be 47.33.
  const yours = allOf(seedsOf([0, 0, 0, 1, 1, 2], [45, 46, 47, 46.5, 47.5, 50]));
  t.true(near(yours?.percent, 143 / 3));
  // Standard deviation √(13/3); t(0.975, 2) = 4.302653 over √3.
  const half = (4.302653 * Math.sqrt(13 / 3)) / Math.sqrt(3);
  t.true(Math.abs((yours?.interval?.[0] ?? 0) - (143 / 3 - half)) < 1e-5);
  t.true(Math.abs((yours?.interval?.[1] ?? 0) - (143 / 3 + half)) < 1e-5);
  t.deepEqual(
    yours?.stageOnes.map(({ seed, mean, runs }) => [seed, Number(mean.toFixed(6)), runs]),
    [
      [0, 46, 3],
      [1, 47, 2],
      [2, 50, 1],
    ],
  );
  // Pooled within stages I: (1 + 0 + 1 + 0.25 + 0.25) / (2 + 1).
  t.true(near(yours?.stageTwo?.deviation, Math.sqrt(2.5 / 3)));
});

test("renderTable: five stage-II seeds of one stage I have no interval; their spread is a labelled detail", (t) => {
  const records = seedsOf([0, 0, 0, 0, 0], [46, 47, 48, 49, 50]);
  const yours = allOf(records);
  t.is(yours?.interval, null);
  t.is(yours?.stageOnes.length, 1);
  t.is(yours?.stageTwo?.seeds, 5);
  t.true(near(yours?.stageTwo?.deviation, Math.sqrt(2.5)));
  const markdown = toMarkdown(renderTable(table5, records, { profile: "paper" }));
  t.regex(markdown, /\| BS\+IS \|.* 48\.00 \(\+0\.27\) \|/);
  t.true(markdown.includes("Ours: one stage I per number."));
  t.regex(
    markdown,
    /standard deviation over stage-II seeds of one stage I \(at most 5\) is 0\.00 to 1\.58 points/,
  );
  t.false(markdown.includes("±"));
});

test("renderTable: two stages I have no interval either, and their points are below the table", (t) => {
  const records = seedsOf([0, 0, 1, 1], [46, 48, 49, 51]);
  t.is(allOf(records)?.interval, null);
  const { footnotes } = renderTable(table5, records, { profile: "paper" });
  t.true(footnotes.some((note) => note.startsWith("Ours: two stages I per number.")));
  t.true(
    footnotes.some((note) => note.includes("BS+IS, All, yours: 47.00, 50.00 from stage I of seeds 0, 1")),
  );
});

test("renderTable: shipped and own records stay apart", (t) => {
  const records = [
    madeUpRecord(bsIs, { accuracy: { ...accuracy, all: 0.4 }, keeper: "shipped" }),
    madeUpRecord(bsIs, { accuracy }),
  ];
  const cell = cellOf(renderTable(table5, records, { profile: "paper" }), 4, 3);
  t.true(near(cell?.shipped?.percent, 40));
  t.true(near(cell?.yours?.percent, 47.5));
});

test("renderTable: records of another profile are left out", (t) => {
  const model = renderTable(table5, [madeUpRecord(bsIs, { accuracy, profile: "short" })], {
    profile: "paper",
  });
  t.is(cellOf(model, 4, 3)?.yours, null);
});

test("renderTable: on a stand-in there is no difference, and the caption says why", (t) => {
  const stored = madeUpRecord(findExperiment("table-5/bs-is@glyphs-10"), {
    accuracy,
    profile: "demo",
    origin: "generated",
  });
  const model = renderTable(table5, [stored], { profile: "demo", standIn: "glyphs-10" });
  const cell = cellOf(model, 4, 3);
  t.is(cell?.published, 47.73);
  t.is(cell?.yours?.difference, null);
  t.is(
    model.caption,
    "Impact of different samplers, CIFAR100-LT at imbalance ratio 100, ResNet-32. Ours with profile demo: a much shortened stage I. " +
      "Stand-in: ours are measured on glyphs-10, images drawn by the kit, the paper's on CIFAR-100; they cannot be compared, so no difference is shown.",
  );
  t.true(model.footnotes.includes("Ours from generated images, not photographs."));
  t.false(model.footnotes.some((note) => note.startsWith("In parentheses")));
  t.is(
    model.command,
    "npx h2t run table-5/ce@glyphs-10 table-5/dr@glyphs-10 table-5/bs-rs@glyphs-10 table-5/bs-bs@glyphs-10 --profile demo",
  );
});

test("renderTable: re-encoded images show a difference and say so", (t) => {
  const row = findExperiment("table-1/cifar10/100/dr-h2t");
  const model = renderTable(
    findTable("table-1"),
    [madeUpRecord(row, { accuracy: { ...accuracy, all: 0.8 }, origin: "re-encoded" })],
    { profile: "paper" },
  );
  const yours = model.rows.find(({ name }) => name === "DR+H2T")?.cells[1]?.yours;
  t.true(near(yours?.difference, -2.87));
  t.true(
    model.footnotes.includes(
      "Ours from re-encoded images (such as JPEG): close to the official bytes, not equal to them.",
    ),
  );
});

test("renderTable: the official images win over a re-encoding of them; the two are never averaged", (t) => {
  const records = [
    madeUpRecord(bsIs, { accuracy: { ...accuracy, all: 0.1 }, origin: "re-encoded", seed: 0 }),
    madeUpRecord(bsIs, { accuracy, origin: "official", seed: 1 }),
  ];
  const yours = cellOf(renderTable(table5, records, { profile: "paper" }), 4, 3)?.yours;
  t.deepEqual([yours?.origin, yours?.runs.map(({ seed }) => seed)], ["official", [1]]);
});

const packRecord = (id: string, digest: string, all: number, made: Partial<MadeUp> = {}) => {
  const stored = madeUpRecord(findExperiment(id), { accuracy: { ...accuracy, all }, digest, ...made });
  const { provenance } = stored.record;
  const startedAt = `2026-01-0${digest.includes("new") ? 2 : 1}T00:00:00.000Z`;
  return { ...stored, record: { ...stored.record, provenance: { ...provenance, startedAt } } };
};
const percentsOf = (model: TableModel, keeper: "shipped" | "yours") =>
  model.rows.map(({ cells }) => {
    const percent = cells[3]?.[keeper]?.percent ?? null;
    return percent === null ? null : Number(percent.toFixed(2));
  });

test("renderTable: a column shows one pack: of yours the one packed now, otherwise the newest", (t) => {
  // The old pack's digest sorts first and has a record of CE alone.
  const old = [packRecord("table-5/ce", "a-old", 0.2211), packRecord("table-5/bs-bs", "a-old", 0.3)];
  const recent = [packRecord("table-5/ce", "b-new", 0.2118), packRecord("table-5/dr", "b-new", 0.3)];
  const shown = (records: readonly StoredRecord[]) => renderTable(table5, records, { profile: "paper" });
  const model = shown([...old, ...recent]);
  t.deepEqual(percentsOf(model, "yours"), [21.18, 30, null, null, null]);
  t.deepEqual(model.packs, [
    {
      dataset: "cifar100",
      shipped: null,
      yours: { digest: "b-new", origin: "official", records: 2 },
      hidden: [{ digest: "a-old", origin: "official", records: 2 }],
    },
  ]);
  t.true(model.footnotes.some((note) => note.endsWith("--data-digest a-old")));
  const packedNow = [...old.map((stored) => ({ ...stored, onPack: true })), ...recent];
  t.deepEqual(percentsOf(shown(packedNow), "yours"), [22.11, null, null, 30, null]);
});

test("renderTable: shipped prefers the official images, and rows that have only others are left out", (t) => {
  const made = { keeper: "shipped", origin: "re-encoded" } as const;
  const model = renderTable(
    table5,
    [
      packRecord("table-5/ce", "a-new", 0.2, made),
      packRecord("table-5/dr", "a-new", 0.3, made),
      packRecord("table-5/ce", "b-old", 0.25, { keeper: "shipped" }),
    ],
    { profile: "paper" },
  );
  t.deepEqual(percentsOf(model, "shipped"), [25, null, null, null, null]);
});

test("renderTable: where the columns differ in pack a note says so, and no gain goes across", (t) => {
  const model = renderTable(
    table5,
    [
      packRecord("table-5/dr", "shipped-pack", 0.4, { keeper: "shipped" }),
      packRecord("table-5/bs-is", "own-pack", 0.5),
    ],
    { profile: "paper" },
  );
  t.is(cellOf(model, 4, 3)?.yours?.gain, null);
  const notes = model.footnotes.filter((note) => note.includes("different packs"));
  t.is(notes.length, 1);
  t.true(notes[0]?.includes("shipped-pack") && notes[0].includes("own-pack"));
  const same = renderTable(
    table5,
    [
      packRecord("table-5/dr", "one-pack", 0.4, { keeper: "shipped" }),
      packRecord("table-5/bs-is", "one-pack", 0.5),
    ],
    { profile: "paper" },
  );
  t.false(same.footnotes.some((note) => note.includes("different packs")));
});

test("renderTable: group rule and epoch choose the number, and a footnote says which", (t) => {
  const stored = madeUpRecord(bsIs, {
    accuracy,
    last: { ...accuracy, tail: 0.2 },
    byCount: { head: 0.61, medium: 0.51, tail: null },
  });
  const tail = (options: {
    groupRule?: "byCount";
    epoch?: "last";
  }): [Measured | null | undefined, string] => {
    const model = renderTable(table5, [stored], { profile: "paper", ...options });
    return [cellOf(model, 4, 2)?.yours, model.footnotes.join("\n")];
  };
  const [standard, standardNotes] = tail({});
  t.true(near(standard?.percent, 25));
  t.regex(standardNotes, /Ours at the epoch with the best test accuracy: the paper's protocol/);
  t.regex(standardNotes, /by the index ranges that the paper's tables use/);
  const [last, lastNotes] = tail({ epoch: "last" });
  t.true(near(last?.percent, 20));
  t.is(last?.runs[0]?.epoch, 10);
  t.regex(lastNotes, /Ours after the last epoch; the paper's at the epoch with the best test accuracy/);
  const [empty, countNotes] = tail({ groupRule: "byCount" });
  t.is(empty?.percent, null);
  t.is(empty?.difference, null);
  t.regex(countNotes, /groups by count \(head n > 100, medium 20 < n ≤ 100, tail n ≤ 20\)/);
  t.regex(countNotes, /A group without classes has no accuracy/);
});

test("renderTable: rows that share a run show the same number", (t) => {
  const records = [madeUpRecord(bsIs, { accuracy })];
  const inTable1 = renderTable(findTable("table-1"), records, { profile: "paper" }).rows.find(
    ({ name }) => name === "DR+H2T",
  )?.cells[4]?.yours;
  t.deepEqual(inTable1, cellOf(renderTable(table5, records, { profile: "paper" }), 4, 3)?.yours);
});

test("renderTable: the table and the records are left as they were", (t) => {
  const records = [madeUpRecord(bsIs, { accuracy, seed: 1 }), madeUpRecord(bsIs, { accuracy })];
  const before = structuredClone({ table5, records });
  renderTable(table5, records, { profile: "paper", standIn: "glyphs-10" });
  renderTable(table5, records, { profile: "paper" });
  t.deepEqual({ table5, records }, before);
});
