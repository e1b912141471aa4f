import test from "ava";
import { factsOf } from "../facts-of.ts";

const facts = await factsOf("protocol/security.py");

test("nesting: a signed message that goes too deep is dropped, wherever it does, and the kernel lives", (t) => {
  t.deepEqual(facts["after nesting"], ["'alive'"]);
  t.deepEqual(facts.log, Array(6).fill("h2t kernel: dropped a message on shell, nested too deeply"));
});

test("nesting: brackets in a text are none", (t) => {
  t.deepEqual(facts["brackets in a text"], ["5000"]);
});

test("history: a pattern of many stars is answered", (t) => {
  t.deepEqual(facts.glob, [0, true]);
});
