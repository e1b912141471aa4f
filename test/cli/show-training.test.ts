import { PassThrough } from "node:stream";
import test from "ava";
import { followRow } from "../../src/cli/row-progress.ts";
import { showTraining } from "../../src/cli/show-training.ts";
import { findExperiment } from "../../src/paper/rows/experiments.ts";

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

test("showTraining on a terminal: one bar with stage, epoch, images a second and time left", (t) => {
  const terminal = Object.assign(new PassThrough(), {
    ...{ isTTY: true, columns: 120, cursorTo: () => true, clearLine: () => true },
  });
  const lines: string[] = [];
  const shown = showTraining(stageTwo, "demo", {
    write: () => {},
    writeError: (text) => lines.push(text),
    terminal,
  });
  t.false(shown.hasTrained());
  shown.onProgress(stageTwo, progress(3, 128));
  shown.end();
  t.true(shown.hasTrained());
  t.regex(String(terminal.read()), /table-5\/dr@glyphs-10, stage II █+░+ epoch 4\/10, – images\/s, – left/);
  t.deepEqual(lines, ["table-5/dr@glyphs-10 goes on after epoch 3 of 10\n"]);
});
