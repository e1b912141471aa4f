import test from "ava";
import { cellRunner } from "../../support/run-cells.ts";

const { shown, errorOf, run } = await cellRunner();

test.serial("directives: a shebang in the first line runs, places stay", async (t) => {
  t.is(await shown("#!/usr/bin/env -S npx tsx\n1 + 1"), "2");
  t.deepEqual((await errorOf("#!/usr/bin/env node\nthrow new Error('no');")).traceback, [
    "Error: no",
    "    at In[2]:2:7",
  ]);
});

test.serial("directives: what stands before all code counts, whatever comments are around it", async (t) => {
  t.is(await shown("// @ts-nocheck\nconst text: number = 'x'; text"), "'x'");
  t.is(
    await shown("#!/usr/bin/env node\n/* why */\n// @ts-nocheck\nconst other: number = 'y'; other"),
    "'y'",
  );
  t.is((await errorOf("const late: number = 'x';\n// @ts-nocheck")).name, "Type error");
});

test.serial("directives: a reference brings in types, one to nothing is named at its place", async (t) => {
  t.is(await shown("/// <reference lib='dom' />\ntype Here = HTMLElement; typeof document"), "'undefined'");
  t.is(
    (await errorOf("/// <reference types='no-such-types' />\n1")).message.replace(/^In\[\d+\]/, "In"),
    "In:1:23 Cannot find type definition file for 'no-such-types'. (TS2688)",
  );
});

test.serial("directives: documentation in the first line stays with what is below it", async (t) => {
  t.is(await shown("/** Doubles. */\nfunction double(x: number) { return 2 * x; }\ndouble(2)"), "4");
});

test.serial("globals: what `declare global` declares is known to later cells", async (t) => {
  await run("declare global { var shared: number; interface Shared { a: string } }\nglobalThis.shared = 5;");
  t.is(await shown("const made: Shared = { a: 'x' }; [made, shared]"), "[ { a: 'x' }, 5 ]");
  await run(
    "declare global { interface Array<T> { second(): T } }\nArray.prototype.second = function () { return this[1]; };",
  );
  t.is(await shown("[1, 2].second()"), "2");
});

test.serial("globals: a later cell declares one anew, the others stay", async (t) => {
  await run("declare global { var shared: string; }\nglobalThis.shared = 'text';");
  t.is(await shown("shared.length"), "4");
  t.is(await shown("const again: Shared = { a: 'y' }; again.a"), "'y'");
  t.is((await errorOf("declare global { var shared: Date; }\nconst wrong: string = 1;")).name, "Type error");
  t.is(await shown("shared.length + 1"), "5");
});
