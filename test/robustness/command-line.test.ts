import { tmpdir } from "node:os";
import path from "node:path";
import test from "ava";
import fc from "fast-check";
import { run } from "../support/run-command-line.ts";

const nowhere = path.join(tmpdir(), "h2t no such folder");
const names = ["table-1", "table-5", "table-9", "table-1/cifar10/100", "table-5/bs-is@glyphs-10", "figure-5"];
const datasets = ["cifar10", "cifar1O"];
const options = "--ratio --json --format --profile --on --group-rule --at --seed --seeds --data --help".split(
  " ",
);
const values = "html latex csv json demo paper last byCount glyphs-10 0 1 100 1e309 -1 NaN".split(" ");
const oddities = ["--", "-", "", "__proto__", "constructor", "toString", "../../etc", "\0", "ü\u202e"];
const words = [...names, ...datasets, ...options, ...values, ...oddities];
const anything = fc.string({ unit: "binary" }).filter((text) => !text.startsWith("--out"));
const word = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...words) }, anything);
/** An error in one line: the problem, then the fix. */
const problemAndFix = /^h2t: \P{Cc}+; \P{Cc}+\n$/u;

test("command line: commands that only show print a result or an error in one line, whatever the arguments", async (t) => {
  const command = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom("split", "table", "list", "help") },
    // Without a command, `--` prints the help.
    anything.filter((text) => text !== "--"),
  );
  const asked = fc.tuple(command, fc.array(word, { maxLength: 6 }));
  await fc.assert(
    fc.asyncProperty(asked, async ([first, rest]) => {
      const runs = first === "table" || first === "list" ? ["--runs", nowhere] : [];
      const { status, printed, errors } = await run(first, ...runs, ...rest);
      if (status === 0) {
        t.not(printed, "");
        return;
      }
      t.true(status === 1 || status === 2);
      t.regex(errors, problemAndFix);
    }),
    { numRuns: 150, seed: 8 },
  );
});

test("command line: commands that do work reject a wrong option before they start, whatever the other arguments", async (t) => {
  const wrong = fc.constantFrom(
    ["run", "--jobs=0"],
    ["run", "--profile=dem"],
    ["run", "--seeds=1,,2"],
    ["reproduce", "--only=table-9"],
    ["reproduce", "--seeds="],
    ["data", "--form=x"],
    ["kernel", "--engine=python"],
    ["doctor", "--json"],
  );
  await fc.assert(
    fc.asyncProperty(wrong, fc.array(word, { maxLength: 5 }), async (command, rest) => {
      const { status, errors } = await run(...command, ...rest.filter((text) => text !== "--help"));
      t.is(status, 2);
      t.regex(errors, problemAndFix);
    }),
    { numRuns: 50, seed: 8 },
  );
});
