import test from "ava";
import { factsOf } from "../facts-of.ts";

const facts = await factsOf("protocol/life.py");

test("sockets: bound to the address of the connection file only", (t) => {
  // 127.0.0.1, as Linux writes it.
  t.deepEqual(facts.bound, Array(5).fill("0100007F"));
});

test("signature: a message with a wrong one or none is dropped and counted", (t) => {
  t.deepEqual(facts.forged, [1, "'not ended'"]);
  // Two sockets, so the order is theirs; the count is common.
  const told = (facts.log as string[]).map((line) => line.replace(/^.*(shell|control), /, "").split("; "));
  const forged = "a wrong or missing signature";
  t.deepEqual(told.map(([reason]) => reason).toSorted(), [forged, forged, forged, forged, "not a message"]);
  t.deepEqual(
    told.map(([, count]) => count),
    [1, 2, 3, 4, 5].map((count) => `${count} so far`),
  );
});

test("restart: a new process, which knows no earlier names", (t) => {
  t.deepEqual(facts.restarted, [false, [1, "'new'"], "Type error"]);
});

test("restart: after the kernel was killed, at the same addresses", (t) => {
  t.false(facts.killed);
  t.deepEqual(facts["after the kill"], [1, "'again'"]);
});

test("shutdown: is answered, and the process ends", (t) => {
  t.deepEqual(facts.reply, ["shutdown_reply", { status: "ok", restart: true }, true]);
  t.true(facts.ended);
});

test("process.exit in a cell: ends the kernel in good order, all output sent, with its status", (t) => {
  t.deepEqual(facts.exit, ["last words\n", true, 3]);
});

test("shutdown: ends a kernel that a loop blocks", (t) => {
  t.true(facts.blocked);
});

test("parent: the kernel ends when the process that started it has ended", (t) => {
  t.true(facts.orphan);
});
