import test from "ava";
import { cellRunner } from "../../support/run-cells.ts";

const { begin } = await cellRunner();

/** What a cell ends in, and what it asked. */
async function asked(code: string) {
  const { cell, result } = begin(code);
  const end = await result;
  return { questions: cell.questions, end: end.status === "ok" ? end.value?.["text/plain"] : end };
}

const answered = (question: string) => ({ questions: [question], end: `'answer to ${question}'` });

test.serial("readline: a question is asked by the front end, with promises and callbacks", async (t) => {
  t.deepEqual(
    await asked(
      'import readline from "node:readline/promises"; const rl = readline.createInterface({ input: process.stdin, output: process.stdout }); const name = await rl.question("Name? "); rl.close(); name',
    ),
    answered("Name? "),
  );
  t.deepEqual(
    await asked(
      'import { createInterface } from "node:readline"; const rl2 = createInterface(process.stdin, process.stdout); const name2 = await new Promise((resolve) => rl2.question("Again? ", resolve)); rl2.close(); name2',
    ),
    answered("Again? "),
  );
  t.deepEqual(
    await asked(
      'const { promisify } = require("node:util"); const rl3 = require("readline").createInterface({ input: process.stdin }); await promisify(rl3.question).call(rl3, "Third? ")',
    ),
    answered("Third? "),
  );
});

test.serial("readline: lines are asked for while somebody reads them", async (t) => {
  t.deepEqual(
    await asked(
      "const rl4 = createInterface({ input: process.stdin }); const lines: string[] = []; for await (const line of rl4) { lines.push(line); if (lines.length === 2) break; } lines.length",
    ),
    { questions: ["", ""], end: "2" },
  );
  t.deepEqual(
    await asked(
      "await new Promise((resolve) => process.stdin.once('data', (data) => resolve(String(data))))",
    ),
    { questions: [""], end: "'answer to \\n'" },
  );
});

test.serial("readline: standard input itself can be read line by line", async (t) => {
  t.deepEqual(
    await asked(
      "const read2: string[] = []; for await (const line of process.stdin) { read2.push(String(line)); break; } read2",
    ),
    { questions: [""], end: "[ 'answer to \\n' ]" },
  );
});

test.serial("readline: one that reads from elsewhere is left alone", async (t) => {
  t.deepEqual(
    await asked(
      'import { Readable } from "node:stream"; const other = createInterface({ input: Readable.from(["a\\nb\\n"]) }); const read: string[] = []; for await (const line of other) read.push(line); read',
    ),
    { questions: [], end: "[ 'a', 'b' ]" },
  );
});
