import { PassThrough } from "node:stream";
import test from "ava";
import { openScreen } from "../../../src/workflow/progress/screen.ts";

/** Up to the line of the first bar, and everything from there on cleared. */
const cleared = "\u001b[1G\u001b[0J";

/** A screen on a terminal that remembers what was written. */
function screenOf(columns: number) {
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns });
  let text = "";
  terminal.on("data", (piece) => {
    text += piece;
  });
  const shows = (pattern: RegExp) =>
    new Promise<void>((resolve) => {
      const look = () => pattern.test(text) && resolve();
      terminal.on("data", look);
      look();
    });
  const write = (line: string) => terminal.write(line);
  return { ...openScreen({ write, writeError: write, terminal }), shows, text: () => text };
}

const state = (title: string, done: number) => ({ done, total: 10, title, text: `${done} of 10` });

test("screen: a line for each bar, which disappear before anything is written and come back below it", async (t) => {
  const { newBar, output, shows, end, text } = screenOf(80);
  const [first, second] = [newBar?.(), newBar?.()];
  first?.(state("one", 5));
  second?.(state("two", 10));
  await shows(/one █{20}░{20} 5 of 10.*\n.*two █{40} 10 of 10/);
  output.write("a result\n");
  t.true(text().includes(`${cleared}a result\n`));
  first?.(state("one", 6));
  await shows(/a result\n.*one █{24}░{16} 6 of 10/s);
  t.notRegex(text(), /a result.*two/s);
  end();
  t.true(text().endsWith(cleared));
});

test("screen: a bar too long for the terminal is cut, and the terminal's own settings stay as they are", async (t) => {
  const { newBar, shows, end, text } = screenOf(12);
  newBar?.()(state("title", 0));
  await shows(/title ░{6}/);
  end();
  t.notRegex(text(), /░{7}/);
  // Private modes, such as of wrapping lines and hiding the cursor, which a sudden end would leave behind.
  t.false(text().includes("\u001b[?"));
});

test("screen: without a terminal there are no bars", (t) => {
  t.is(openScreen({ write: () => {}, writeError: () => {} }).newBar, undefined);
});
