import test from "ava";
import { factsOf } from "../facts-of.ts";

const facts = await factsOf("tslab/tslab.py");

const text = (value: string) => ({ "text/plain": value });

test("tslab engine: what a cell ends in is its result, a promise awaited", (t) => {
  t.deepEqual(facts.values, [
    ["ok", "", text("3")],
    ["ok", "", text("4")],
    ["ok", ""],
    ["ok", "", text("2")],
    ["ok", "2\n"],
  ]);
});

test("tslab engine: type errors are errors, each with its place, before anything runs", (t) => {
  const traceback = [
    "In[6]:1:7 - Type 'number' is not assignable to type 'string'.",
    "In[6]:2:1 - Cannot find name 'nothing'.",
  ];
  t.deepEqual(facts["type error"], [{ ename: "Type error", evalue: traceback[0], traceback }]);
});

test("tslab engine: an error's stack is without frames of the kernel", (t) => {
  t.deepEqual(facts.thrown, [
    {
      ename: "TypeError",
      evalue: "no",
      traceback: ["TypeError: no", "    at f (a cell) {", "  [cause]: 1", "}"],
    },
  ]);
  t.deepEqual(facts.text, [{ ename: "Uncaught", evalue: "'text'", traceback: ["Uncaught 'text'"] }]);
  t.is(facts.late, "Error: late\n    at Timeout._onTimeout (a cell)\n");
});

test("tslab engine: its own displays and objects that show themselves", (t) => {
  t.deepEqual(facts.displays, [
    ["ok", "", { "text/html": "<b>1</b>" }, { "image/png": "AQI=" }],
    ["ok", "", text("one"), text("two")],
    ["ok", "", text("own")],
  ]);
});

test("tslab engine: cells can be stopped, and earlier names stay", (t) => {
  t.deepEqual(facts.stopped, Array(3).fill(["Interrupted", "2"]));
});
