import test from "ava";
import { factsOf } from "../facts-of.ts";

const facts = await factsOf("protocol/questions.py");

test("kernel_info: the protocol's version and the language", (t) => {
  t.deepEqual(facts.info, {
    ...{ status: "ok", protocol_version: "5.4", implementation: "h2t-kit" },
    ...{ name: "typescript", mimetype: "text/typescript", file_extension: ".ts" },
  });
});

test("complete: places count code points; every name has its kind", (t) => {
  const types = [{ start: 6, end: 13, text: "parseInt", type: "function" }];
  t.deepEqual(facts.complete, ["ok", ["parseInt"], 6, 13, types]);
});

test("inspect: what is known of the name at the cursor, or that nothing is", (t) => {
  t.deepEqual(facts.inspect, ["ok", true, 'const snowman: "☃"']);
  t.deepEqual(facts["inspect nothing"], ["ok", false, {}]);
});

test("is_complete: complete, incomplete with the next line's indent, invalid", (t) => {
  t.deepEqual(facts["complete?"], [
    { status: "complete" },
    { status: "incomplete", indent: "  " },
    { status: "invalid" },
  ]);
});

test("history: the last cells, with what they resulted in", (t) => {
  t.deepEqual(facts.tail, [
    [1, 4, ["1 + 1", "2"]],
    [1, 5, ["1 + 2", "3"]],
  ]);
});

test("history: a range of lines, from the end, too", (t) => {
  t.deepEqual(facts.range, [
    [
      [1, 2, "1 + 1"],
      [1, 3, "'*'"],
    ],
    [[1, 5, "1 + 2"]],
  ]);
});

test("history: code that matches a glob pattern as a whole, each once if asked, or the last ones", (t) => {
  t.deepEqual(facts.search, [
    [
      [1, 2, "1 + 1"],
      [1, 4, "1 + 1"],
      [1, 5, "1 + 2"],
    ],
    [
      [1, 4, "1 + 1"],
      [1, 5, "1 + 2"],
    ],
    [[1, 5, "1 + 2"]],
    [[1, 3, "'*'"]],
    [],
  ]);
});

test("comms: there are none, and who opens one is told that it is closed", (t) => {
  t.deepEqual(facts.comms, { status: "ok", comms: {} });
  t.deepEqual(facts.opened, [null, [["comm_close", { comm_id: "c1", data: {} }]]]);
  t.deepEqual(facts["message to none"], [null, []]);
});

test("requests: an unknown one is not answered; a wrong one is, with an error, and the kernel goes on", (t) => {
  t.deepEqual(facts.unknown, [null, []]);
  t.deepEqual(facts.wrong, ["error", "ZodError", true]);
  t.deepEqual(facts["wrong cell"], ["error", "ok"]);
});
