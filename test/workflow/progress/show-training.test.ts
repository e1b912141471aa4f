import test from "ava";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { followRow } from "../../../src/workflow/progress/row-progress.ts";
import { type BarState, openScreen, type Screen } from "../../../src/workflow/progress/screen.ts";
import { showTraining } from "../../../src/workflow/progress/show-training.ts";
import { madeUpRecord } from "../../support/made-up-record.ts";

const stageOne = findExperiment("table-5/ce@glyphs-10");
const stageTwo = findExperiment("table-5/dr@glyphs-10");
const progress = (epoch: number, images: number) => ({ epoch, epochs: 10, images, imagesPerEpoch: 1000 });

test("followRow: stage I counts towards the row that needs it, at its own speed", (t) => {
  const follow = followRow(stageTwo, "paper");
  t.deepEqual(follow(stageOne, progress(0, 128), 0), {
    done: 128,
    total: 210_000,
    imagesPerSecond: null,
    secondsLeft: null,
  });
  t.deepEqual(follow(stageOne, progress(1, 128), 2000), {
    done: 1128,
    total: 210_000,
    imagesPerSecond: 500,
    secondsLeft: (210_000 - 1128) / 500,
  });
  follow(stageTwo, progress(0, 128), 60_000);
  t.deepEqual(follow(stageTwo, progress(0, 1000), 61_000), {
    done: 1000,
    total: 10_000,
    imagesPerSecond: 872,
    secondsLeft: 9000 / 872,
  });
});

test("followRow: epochs finished by an earlier run count as done, not as speed", (t) => {
  const follow = followRow(stageOne, "paper");
  follow(stageOne, progress(7, 100), 0);
  t.deepEqual(follow(stageOne, progress(7, 200), 1000), {
    done: 7200,
    total: 200_000,
    imagesPerSecond: 100,
    secondsLeft: 1928,
  });
});

test("showTraining on a terminal: a bar with stage, epoch, images a second and time left", (t) => {
  const lines: string[] = [];
  const states: BarState[] = [];
  const screen: Screen = {
    output: { write: () => {}, writeError: (text) => lines.push(text) },
    newBar: () => (state) => states.push(state),
    end: () => {},
  };
  const tell = showTraining("demo", screen);
  tell({ kind: "row", row: stageTwo, seed: 7 });
  const { history } = madeUpRecord(stageTwo, { accuracy: { head: 1, medium: 1, tail: 0, all: 0.7 } }).record;
  tell({ kind: "start", stageRow: stageTwo, history: [...history, ...history, ...history], changes: [] });
  tell({ kind: "batch", stageRow: stageTwo, progress: progress(3, 128) });
  t.deepEqual(
    states.map(({ title, text }) => `${title} ${text}`),
    ["table-5/dr@glyphs-10, seed 7, stage II epoch 4/10, – images/s, – left"],
  );
  const changes = ["threads 2 instead of 1", "oneDNN on instead of off"];
  tell({ kind: "start", stageRow: stageOne, history, changes });
  t.deepEqual(lines, [
    "Resuming table-5/dr@glyphs-10 (seed 7) after epoch 3 of 10.\n",
    "Resuming table-5/ce@glyphs-10 (seed 7) after epoch 1 of 30. Now threads 2 instead of 1, oneDNN on instead of off: the last digits may differ from an uninterrupted run.\n",
  ]);
});

test("showTraining without a terminal: nothing of batches, results as they come", (t) => {
  const written: string[] = [];
  const write = (text: string) => written.push(text);
  const tell = showTraining("demo", openScreen({ write, writeError: write }));
  tell({ kind: "row", row: stageTwo, seed: 7 });
  tell({ kind: "start", stageRow: stageTwo, history: [], changes: [] });
  tell({ kind: "batch", stageRow: stageTwo, progress: progress(0, 128) });
  tell({ kind: "result", line: "the result\n" });
  t.deepEqual(written, ["the result\n"]);
});

test("showTraining without a terminal: a line once the speed is known, then after half a minute of silence", (t) => {
  const written: string[] = [];
  const write = (text: string) => written.push(text);
  let time = 0;
  const tell = showTraining("trial", openScreen({ write, writeError: write }), () => time);
  const batchAt = (milliseconds: number, images: number) => {
    time = milliseconds;
    tell({
      kind: "batch",
      stageRow: stageOne,
      progress: { epoch: 0, epochs: 2, images, imagesPerEpoch: 1000 },
    });
  };
  tell({ kind: "row", row: stageOne, seed: 0 });
  tell({ kind: "start", stageRow: stageOne, history: [], changes: [] });
  batchAt(0, 100);
  t.deepEqual(written, []);
  batchAt(2999, 150);
  batchAt(3000, 200);
  batchAt(32_999, 400);
  batchAt(33_000, 500);
  batchAt(62_999, 600);
  batchAt(63_000, 700);
  batchAt(99_000, 1000);
  t.deepEqual(
    written.map((line) => /\d+% of epoch \d+ of \d+/.exec(line)?.[0]),
    ["20% of epoch 1 of 2", "50% of epoch 1 of 2", "70% of epoch 1 of 2"],
  );
});

test("showTraining: a stage I that starts on behalf of another row is announced with its epochs", (t) => {
  const written: string[] = [];
  const write = (text: string) => written.push(text);
  const tell = showTraining("paper", openScreen({ write, writeError: write }));
  tell({ kind: "row", row: stageTwo, seed: 3 });
  tell({ kind: "start", stageRow: stageOne, history: [], changes: [] });
  tell({ kind: "start", stageRow: stageTwo, history: [], changes: [] });
  t.is(written.length, 1);
  for (const fact of [stageTwo.id, stageOne.id, "seed 3", "200 epochs"])
    t.true(written[0]?.includes(fact), fact);
});
