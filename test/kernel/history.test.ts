import test from "ava";
import { History } from "../../src/kernel/history.ts";

const historyOf = (...codes: readonly string[]) => {
  const history = new History();
  for (const [i, code] of codes.entries()) history.add(i + 1, code);
  return history;
};
const found = (history: History, pattern: string) =>
  history.find({ hist_access_type: "search", pattern, unique: false }, false).map(([, , code]) => code);

test("history: a pattern's characters but * ? [ mean themselves", (t) => {
  const history = historyOf("a.b", "axb", "a\\b", "(a|b)", "[", "a\nb");
  t.deepEqual(found(history, "a.b"), ["a.b"]);
  t.deepEqual(found(history, "a\\b"), ["a\\b"]);
  t.deepEqual(found(history, "(a|b)"), ["(a|b)"]);
  t.deepEqual(found(history, "["), ["["]);
  t.deepEqual(found(history, "a?b"), ["a.b", "axb", "a\\b", "a\nb"]);
  t.deepEqual(found(history, "a[.x]b"), ["a.b", "axb"]);
  t.deepEqual(found(history, "*"), ["a.b", "axb", "a\\b", "(a|b)", "[", "a\nb"]);
});

test("history: brackets hold characters, ranges, or what must not be", (t) => {
  const history = historyOf("a1b", "azb", "a-b", "a😀b");
  t.deepEqual(found(history, "a[0-9]b"), ["a1b"]);
  t.deepEqual(found(history, "a[^0-9]b"), ["azb", "a-b", "a😀b"]);
  t.deepEqual(found(history, "a[z-]b"), ["azb", "a-b"]);
  t.deepEqual(found(history, "a?b"), ["a1b", "azb", "a-b", "a😀b"]);
  t.deepEqual(found(history, "*b"), ["a1b", "azb", "a-b", "a😀b"]);
  t.deepEqual(found(history, "**1**"), ["a1b"]);
});

test("history: a pattern of many stars takes few steps", (t) => {
  const history = historyOf("a".repeat(20_000), `${"a".repeat(20_000)}b`);
  t.deepEqual(found(history, `${"*a".repeat(8)}b`), [`${"a".repeat(20_000)}b`]);
});

test("history: an output belongs to the cell that was added last", (t) => {
  const history = historyOf("1");
  history.noteOutput("one");
  history.add(2, "two");
  t.deepEqual(history.find({ hist_access_type: "tail", n: 9 }, true), [
    [1, 1, ["1", "one"]],
    [1, 2, ["two", null]],
  ]);
  t.deepEqual(history.find({ hist_access_type: "tail", n: 0 }, false), []);
});

test("history: empty, it has no range and no tail", (t) => {
  t.deepEqual(new History().find({ hist_access_type: "range", start: -1 }, false), []);
  t.deepEqual(new History().find({ hist_access_type: "tail", n: 3 }, false), []);
});
