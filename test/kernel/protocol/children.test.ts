import test from "ava";
import { factsOf } from "../facts-of.ts";

const facts = await factsOf("protocol/children.py");
const inherited = facts.inherited as Record<string, readonly [string, string]>;
const stopped = facts.stopped as Record<string, unknown>;

for (const way of ["execSync", "list", "streams", "spawn", "grandchild", "descriptor", "shell"]) {
  test(`inherited output: appears below the cell before that is done: ${way}`, (t) => {
    t.deepEqual(inherited[way], ["out\n", "err\n"]);
  });
}

test("inherited output: a character in two parts is one", (t) => {
  t.deepEqual(inherited["in parts"], ["é\n", ""]);
});

test("inherited output: stands between what the cell itself prints", (t) => {
  t.is(facts.order, "one\ntwo\nthree\nfour\n");
});

test("inherited output: is complete", (t) => {
  t.true(facts.much);
});

test("inherited output: of a silent cell is not heard", (t) => {
  t.deepEqual(facts.silent, ["", ""]);
});

for (const way of ["execSync", "inherited", "grandchild", "deaf", "awaited", "shell"]) {
  test(`stop: ends the cell's child processes and the cell: ${way}`, (t) => {
    t.deepEqual(stopped[way], ["Interrupted", 1, true, true, "1"]);
  });
}

test("stop: leaves alone what an earlier cell began", (t) => {
  t.deepEqual(facts["another's"], ["Interrupted", 1]);
});

test("readline: its question is the front end's", (t) => {
  t.deepEqual(facts.readline, [{ prompt: "Name? ", password: false }, "'Ada'"]);
});

test("readline: where nobody can be asked it is the cell's error, and the next cell runs", (t) => {
  const errors = facts["readline that cannot ask"] as readonly unknown[];
  t.deepEqual(
    errors.map((message) => /await prompt/.test(String(message))),
    [true, true, true, true],
  );
  t.is(facts["after that"], "1");
});
