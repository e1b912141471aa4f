import test from "ava";
import { cellRunner } from "../../support/run-cells.ts";

const { shown, errorOf, run, engine } = await cellRunner();

test.serial("type errors: every one is listed with line and column before anything runs", async (t) => {
  const error = await errorOf(
    "globalThis.process.title = 'changed';\nconst a: number = 'x';\n  nope(a); const b = [1].map((x) => x.z);",
  );
  t.deepEqual(error, {
    name: "Type error",
    message: "In[1]:2:7 Type 'string' is not assignable to type 'number'. (TS2322) (and 2 more)",
    traceback: [
      "In[1]:2:7 Type 'string' is not assignable to type 'number'. (TS2322)\n" +
        "  2 | const a: number = 'x';\n" +
        "    |       ~",
      "In[1]:3:3 Cannot find name 'nope'. (TS2304)\n" +
        "  3 |   nope(a); const b = [1].map((x) => x.z);\n" +
        "    |   ~~~~",
      "In[1]:3:39 Property 'z' does not exist on type 'number'. (TS2339)\n" +
        "  3 |   nope(a); const b = [1].map((x) => x.z);\n" +
        "    |                                       ~",
    ],
  });
  t.not(process.title, "changed");
});

test.serial(
  "type errors: code that cannot be read is a syntax error, and nothing else is said of it",
  async (t) => {
    t.deepEqual(await errorOf("const wrong: string = 1;\nconst open = (1 + ;"), {
      name: "Syntax error",
      message: "In[2]:2:19 Expression expected. (TS1109)",
      traceback: [
        "In[2]:2:19 Expression expected. (TS1109)\n  2 | const open = (1 + ;\n    |                   ~",
      ],
    });
    t.is((await errorOf("function f() {")).message, "In[3]:1:15 '}' expected. (TS1005)");
  },
);

test.serial(
  "type errors: null and undefined are checked, unknown members and implicit any refused",
  async (t) => {
    const messages = [];
    for (const code of [
      "const n: number = null;",
      "function f(x) { return x; }",
      "({ a: 1 }).b",
      "document.title",
    ]) {
      messages.push((await errorOf(code)).message.replace(/^In\[\d+\]/, "In"));
    }
    t.deepEqual(messages, [
      "In:1:7 Type 'null' is not assignable to type 'number'. (TS2322)",
      "In:1:12 Parameter 'x' implicitly has an 'any' type. (TS7006)",
      "In:1:12 Property 'b' does not exist on type '{ a: number; }'. (TS2339)",
      "In:1:1 Cannot find name 'document'. Do you need to change your target library? Try changing the 'lib' compiler option to include 'dom'. (TS2584)",
    ]);
  },
);

test.serial("type errors: Node's globals and what the kernel offers are known", async (t) => {
  await run("const shown = display(1, { id: 'one' }); clearOutput({ wait: true });");
  t.is(
    await shown(
      "[typeof fetch, typeof URL, typeof setTimeout, typeof console.log, typeof structuredClone].join()",
    ),
    "'function,function,function,function,function'",
  );
  t.is(
    (await errorOf("shown.update();")).message.replace(/^In\[\d+\]/, "In"),
    "In:1:7 Expected 1 arguments, but got 0. (TS2554)",
  );
  t.is(
    (await errorOf("const line: number = await prompt('?');")).message.replace(/^In\[\d+\]/, "In"),
    "In:1:7 Type 'string' is not assignable to type 'number'. (TS2322)",
  );
  t.is(await shown("interruption.aborted"), "false");
});

test.serial("completion: members, names of earlier cells and of this one, with their kinds", async (t) => {
  await run("const learningRate = 0.1; function learn() {}");
  t.deepEqual(await engine.complete("learningRate.toF", 16), {
    names: ["toFixed"],
    kinds: ["method"],
    start: 13,
    end: 16,
  });
  const { names, start, end } = await engine.complete("let learner = 1;\nlea + 1", 20);
  t.deepEqual({ names, start, end }, { names: ["learn", "learner", "learningRate"], start: 17, end: 20 });
  t.deepEqual((await engine.complete("const s = 'a';\ns.toUpperC", 25)).names, ["toUpperCase"]);
});

test.serial("completion: modules and their exports", async (t) => {
  t.true(
    (await engine.complete('import {} from "node:fs/pro";', 27)).names.some((name) =>
      name.endsWith("promises"),
    ),
  );
  t.deepEqual((await engine.complete('import { readFileS } from "node:fs";', 18)).names, ["readFileSync"]);
});

test.serial(
  "inspection: declaration and documentation of a name and of the function that is called",
  async (t) => {
    await run(
      "/** Doubles.\n * @param x - any number\n */\nfunction double(x: number): number { return 2 * x; }\nconst rate = 0.5;",
    );
    t.deepEqual(await engine.inspect("rate", 2), {
      "text/plain": "const rate: 0.5",
      "text/markdown": "```typescript\nconst rate: 0.5\n```",
    });
    const documentation = "double(x: number): number\n\nDoubles.\n\n@param x - any number";
    t.is((await engine.inspect("double(3, [1", 12))?.["text/plain"], documentation);
    t.is((await engine.inspect("double", 6))?.["text/plain"], `function ${documentation}`);
    t.is(await engine.inspect("   ", 1), null);
  },
);

test.serial(
  "completeness: open brackets, strings, templates and comments want more, wrong code does not",
  async (t) => {
    const statuses: Record<string, unknown> = {};
    const cases = [
      "1 + 1",
      "function f() {",
      "f(1,",
      "const a = [\n  {",
      "`a ${1",
      "/* open",
      "'open",
      "x =>",
      "if (a) {\n  b();\n}",
      "f(]",
      "const = 1",
      "await g()",
      "a +",
    ];
    for (const code of cases) {
      const answer = await engine.isComplete(code);
      statuses[code] = answer.status === "incomplete" ? JSON.stringify(answer.indent) : answer.status;
    }
    t.deepEqual(statuses, {
      "1 + 1": "complete",
      "function f() {": '"  "',
      "f(1,": '""',
      "const a = [\n  {": '"    "',
      "`a ${1": '""',
      "/* open": '""',
      "'open": '""',
      "x =>": '"  "',
      "if (a) {\n  b();\n}": "complete",
      "f(]": "invalid",
      "const = 1": "invalid",
      "await g()": "complete",
      "a +": '""',
    });
  },
);
