import { PassThrough } from "node:stream";
import test from "ava";
import { showProgress } from "../../../src/workflow/progress/show-progress.ts";

test("progress without a terminal: one line a tenth, one series a step", (t) => {
  const lines: string[] = [];
  const { onProgress } = showProgress({ write: () => {}, writeError: (text) => lines.push(text) });
  for (const done of [0, 5e6, 10e6, 100e6]) {
    onProgress({ step: "download", done, total: 100e6, unit: "bytes" });
  }
  onProgress({ step: "decode", done: 1200, total: 1200, unit: "images" });
  t.deepEqual(lines, [
    "Downloading: 0% of 100.0 MB\n",
    "Downloading: 10% of 100.0 MB\n",
    "Downloading: 100% of 100.0 MB\n",
    "Decoding: 100% of 1,200 images\n",
  ]);
});

test("progress on a terminal: a bar that names step, size and time left, and ends when told", (t) => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 100, cursorTo: () => true });
  const shown = showProgress({ write: () => {}, writeError: () => {}, terminal });
  shown.onProgress({ step: "draw", done: 600, total: 6000, unit: "images" });
  shown.end();
  const text = String(terminal.read());
  t.regex(text, /Drawing .*█+░+.* 10% of 6,000 images, .* left/);
});
