import test from "ava";
import { factsOf } from "../facts-of.ts";

const facts = await factsOf("protocol/cells.py");

test("execute: only cells that are stored count; silent ones show nothing; all share their names", (t) => {
  t.deepEqual(facts.counts, [
    ["ok", 1, "1"],
    ["ok", 2],
    ["ok", 2, "3"],
    ["ok", 2, "3"],
  ]);
  t.deepEqual(facts.silent, []);
  t.deepEqual(facts["silent error"], ["error", "Type error", []]);
});

test("execute: user_expressions have values or errors of their own and leave the cell's names", (t) => {
  t.deepEqual(facts.expressions, [
    { status: "ok", data: { "text/plain": "10" }, metadata: {} },
    ...["error", "Type error", "In[3]:1:1 Cannot find name 'nothing'. (TS2304)"],
  ]);
  t.deepEqual(facts["after expressions"], ["ok", 4, "5"]);
});

test("execute: an error is published and replied alike", (t) => {
  t.deepEqual(facts.error, [
    {
      ...{ ename: "RangeError", evalue: "no" },
      traceback: ["RangeError: no", "    at f (In[5]:1:22)", "    at In[5]:2:1"],
    },
    true,
  ]);
});

test("queue: of 50 cells the third throws, and the rest is aborted unrun", (t) => {
  const rest = Array.from({ length: 47 }, () => "aborted");
  t.deepEqual(facts["statuses of 50"], ["ok", "ok", "error", ...rest]);
  t.is(facts["printed by 50"], "0\n1\n2\n");
  t.is(facts["inputs of 50"], 3);
  t.deepEqual(facts["after 50"], ["ok", "'alive'"]);
});

test("queue: goes on after an error where the cell says so", (t) => {
  t.deepEqual(facts["no stop"], [["error"], ["ok", "'goes on'"]]);
});

test("front ends: two at once get their own replies and see each other's cells", (t) => {
  t.deepEqual(facts.two, [
    ["ok", "'mine'"],
    ["ok", "'theirs'"],
  ]);
  t.is(facts["two see each other"], "const shared = 'mine'; shared");
});

test("prompt: asks the front end that sent the cell, or says why it cannot", (t) => {
  t.deepEqual(facts.prompt, [
    [
      { prompt: "Name? ", password: false },
      { prompt: "Key? ", password: true },
    ],
    ["ok", "'Ada!'"],
  ]);
  t.is(
    facts["no prompt"],
    'this front end takes no questions; run the cell where it can ask, as in JupyterLab with await prompt("…"), or write the answer into it',
  );
});
