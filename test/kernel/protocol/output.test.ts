import test from "ava";
import { factsOf } from "../facts-of.ts";

const facts = await factsOf("protocol/output.py");

test("output: 20,000 lines of one cell arrive in order and complete, in few messages", (t) => {
  t.true(facts.lines);
  t.true(Number(facts["messages of 20,000 lines"]) < 200);
});

test("output: a line of 2 MB arrives whole", (t) => {
  t.deepEqual(facts["long line"], [2_000_001, true]);
});

test("output: stdout, stderr and displays arrive in the order in which they were made", (t) => {
  t.deepEqual(
    facts.order,
    [0, 1, 2].flatMap((i) => [`out ${i}\n`, `err ${i}\n`, `${i}`]),
  );
});

test("output: bytes, other encodings and callbacks of streams; no stream is a terminal", (t) => {
  t.deepEqual(facts.bytes, ["é😀\né told", "[ false, false ]"]);
});

test("output: what a cell left running prints into that cell", (t) => {
  t.deepEqual(facts.late, ["early\nlate\n", "other\n"]);
});

test("output: displays, their updates by id and cleared output", (t) => {
  const of = (text: string) => ({
    ...{ data: { "text/plain": text }, metadata: {}, transient: { display_id: "a" } },
  });
  t.deepEqual(facts.displays, [
    ["display_data", of("'one'")],
    ["update_display_data", of("'two'")],
    ["clear_output", { wait: false }],
    ["clear_output", { wait: true }],
  ]);
});

test("output: of 200 MB in one loop nothing is lost", (t) => {
  t.is(facts.flood, 200_000_000);
});
