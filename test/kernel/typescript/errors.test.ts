import test from "ava";
import { cellRunner } from "../../support/run-cells.ts";

const { errorOf, run, shown } = await cellRunner();

test.serial(
  "errors: the stack points to cell, line and column, without frames of the kernel and of Node",
  async (t) => {
    const error = await errorOf("function fail(): never {\n  throw new TypeError('no');\n}\nfail();");
    t.deepEqual(error, {
      name: "TypeError",
      message: "no",
      traceback: ["TypeError: no", "    at fail (In[1]:2:9)", "    at In[1]:4:1"],
    });
  },
);

test.serial(
  "errors: a function of an earlier cell is shown there, its call in the cell that calls",
  async (t) => {
    t.deepEqual((await errorOf("const n = 1;\n  n + fail();")).traceback, [
      "TypeError: no",
      "    at fail (In[1]:2:9)",
      "    at In[2]:2:7",
    ]);
  },
);

test.serial("errors: columns are those of the user's code behind await, export and import", async (t) => {
  await run("async function later() { await null; throw new Error('late'); }");
  t.deepEqual(
    (await errorOf("const x = await Promise.resolve(1); await later(); await import('node:os');")).traceback,
    ["Error: late", "    at later (In[3]:1:44)", "    at In[4]:1:37"],
  );
});

test.serial("errors: Node's own errors show where the cell called", async (t) => {
  const { name, traceback } = await errorOf(
    "import { readFileSync } from 'node:fs';\nconst text =\n  readFileSync('/no/such/file');",
  );
  t.is(name, "Error");
  t.deepEqual(traceback.slice(0, 2), [
    "Error: ENOENT: no such file or directory, open '/no/such/file'",
    "    at In[5]:3:3 {",
  ]);
});

test.serial("errors: the cause and the errors that one stands for are shown, too", async (t) => {
  const { traceback } = await errorOf(
    "throw new AggregateError([new Error('one'), new RangeError('two')], 'many',\n { cause: new Error('why') });",
  );
  t.deepEqual(traceback, [
    "AggregateError: many",
    "    at In[6]:1:7 {",
    "  [cause]: Error: why",
    "      at In[6]:2:11,",
    "  [errors]: [",
    "    Error: one",
    "        at In[6]:1:27,",
    "    RangeError: two",
    "        at In[6]:1:45",
    "  ]",
    "}",
  ]);
});

test.serial("errors: what is thrown may be anything", async (t) => {
  t.deepEqual(await errorOf("throw { code: 3 };"), {
    name: "Uncaught",
    message: "{ code: 3 }",
    traceback: ["Uncaught { code: 3 }"],
  });
});

test.serial("errors: a promise that a cell ends in and that is rejected is the cell's error", async (t) => {
  t.is((await errorOf("Promise.reject(new Error('rejected'))")).message, "rejected");
});

test.serial("errors: an error's own stack and what prints it show the user's places, too", async (t) => {
  t.is(await shown("\n\nnew Error('here').stack"), "'Error: here\\n    at In[9]:3:1'");
});
