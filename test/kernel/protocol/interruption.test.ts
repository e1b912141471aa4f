import test from "ava";
import { factsOf } from "../facts-of.ts";

const facts = await factsOf("protocol/interruption.py");

const cells = [
  ...["synchronous", "after an await", "never resolved", "in a timer", "in an immediate", "microtasks"],
  ...["beside a result", "between timers", "prompt", "printing", "child"],
];

for (const [i, name] of cells.entries()) {
  test(`interrupt: a cell ends, and the kernel keeps its variables: ${name}`, (t) => {
    t.deepEqual((facts.cells as Record<string, unknown>)[name], ["Interrupted", 1, i + 1]);
  });
}

test("interrupt: by force, as often as one likes", (t) => {
  t.deepEqual(facts.cuts, [20, true]);
});

test("heartbeat: goes on while a cell blocks the main thread", (t) => {
  t.is(facts.heart, "beat");
});

test("interrupt: by SIGINT, too; while nothing runs it does nothing", (t) => {
  t.deepEqual(facts.SIGINT, [
    ["Interrupted", cells.length + 1],
    ["Interrupted", cells.length + 2],
  ]);
  t.deepEqual(facts["SIGINT while idle"], ["ok", true]);
});

test("interrupt: ends what a cell left running, where that blocks the kernel", (t) => {
  t.is(facts["left running"], "'free'");
});

test("interrupt: cells that wait are aborted", (t) => {
  t.deepEqual(facts.queue, ["error", "aborted"]);
});

test("interrupt: a cell that listens ends in its own way", (t) => {
  t.is(facts.listening, "tidy");
});

test("interrupt: what a stopped cell left running is not heard", (t) => {
  t.is(facts.hushed, 0);
});
