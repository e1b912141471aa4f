import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import test from "ava";
import { cellRunner } from "../../support/run-cells.ts";

const { shown, errorOf, run } = await cellRunner();

test.serial(
  "names: later cells see constants, variables, functions, classes, enums, namespaces and types",
  async (t) => {
    await run(`
    const seven = 7;
    let count = 1;
    var old = "var";
    function twice(x: number) { return 2 * x; }
    class Point { constructor(readonly x: number) {} }
    enum Colour { Red, Green }
    const enum Size { Small = 3 }
    namespace Shapes { export const sides = 4; }
    interface Named { name: string }
    type Pair = [number, number];
  `);
    const value = await shown(`
    const named: Named = { name: "n" };
    const pair: Pair = [twice(seven), Shapes.sides];
    [seven, count, old, new Point(1), Colour.Green, Size.Small, named.name, pair].flat()
  `);
    t.is(value, "[ 7, 1, 'var', Point { x: 1 }, 1, 3, 'n', 14, 4 ]");
  },
);

test.serial("names: a later cell sees the types of an earlier one's names", async (t) => {
  await run("const text = 'a'; let size = 2; const nothing: string | null = null;");
  t.is((await errorOf("text * 2")).message.slice(0, 10), "In[4]:1:1 ");
  t.is(
    (await errorOf("size = 'large';")).message,
    "In[5]:1:1 Type 'string' is not assignable to type 'number'. (TS2322)",
  );
  t.is((await errorOf("nothing.length")).message, "In[6]:1:1 'nothing' is possibly 'null'. (TS18047)");
});

test.serial(
  "names: a variable changed by a later cell has changed for the functions of its own",
  async (t) => {
    await run("let total = 1; const readTotal = () => total; function addTo() { total += 10; }");
    await run("total = 5; total++; [total] = [total * 2];");
    await run("addTo();");
    t.is(await shown("[total, readTotal()]"), "[ 22, 22 ]");
  },
);

test.serial(
  "names: assigning to what an earlier cell declared as constant, function or class is an error",
  async (t) => {
    await run("const fixed = 1; function act() {} class Thing {} import { EOL } from 'node:os';");
    const messages = [];
    for (const name of ["fixed", "act", "Thing", "EOL"])
      messages.push((await errorOf(`${name} = null as never;`)).message);
    t.deepEqual(
      messages.map((message) => message.replace(/^In\[\d+\]:1:1 /, "")),
      [
        "Cannot assign to 'fixed' because it is a constant. (TS2632)",
        "Cannot assign to 'act' because it is a function. (TS2632)",
        "Cannot assign to 'Thing' because it is a class. (TS2632)",
        "Cannot assign to 'EOL' because it is an import. (TS2632)",
      ],
    );
    t.is(await shown("fixed"), "1");
  },
);

test.serial("names: a later cell may declare a name anew, as something else", async (t) => {
  await run("const thing = 1; const useThing = () => thing;");
  await run("function thing() { return 'function'; }");
  t.is(await shown("thing() + useThing()"), "'function1'");
  await run("interface thing { a: number }");
  t.is(await shown("const made: thing = { a: 2 }; made.a"), "2");
});

test.serial(
  "names: what a cell declared before it threw stays, what it did not reach is not declared",
  async (t) => {
    await run("const kept = 'before';");
    const error = await errorOf(
      "const reached = 1; class Here {} throw new Error('half-way'); const kept = 'after';",
    );
    t.is(error.message, "half-way");
    t.is(await shown("[reached, typeof Here, kept]"), "[ 1, 'function', 'before' ]");
  },
);

test.serial("names: a cell that the compiler refuses declares nothing", async (t) => {
  await errorOf("const unborn = 1; const wrong: string = 2;");
  t.is((await errorOf("unborn")).message.replace(/^.*?:1:1 /, ""), "Cannot find name 'unborn'. (TS2304)");
});

test.serial(
  "names: a variable without type or value is any to later cells, and undefined stays declared",
  async (t) => {
    await run("let later; later = 5;");
    t.is(await shown("later"), "5");
    await run("let maybe: number | undefined;");
    t.is(await shown("maybe === undefined"), "true");
  },
);

test.serial("names: destructured names and what a cell imports are seen by later cells", async (t) => {
  await run("const { a, b: [c, ...rest], ...others } = { a: 1, b: [2, 3, 4], d: 5 };");
  t.is(await shown("[a, c, rest, others]"), "[ 1, 2, [ 3, 4 ], { d: 5 } ]");
  await run(
    "import { sep as separator, type ParsedPath } from 'node:path'; import * as os from 'node:os'; import fs from 'node:fs';",
  );
  t.is(
    await shown(
      "const parsed: ParsedPath | null = null; [parsed, separator, typeof os.EOL, typeof fs.statSync]",
    ),
    "[ null, '/', 'string', 'function' ]",
  );
});

test.serial("names: a name that was declared anew lets go of its first value", async (t) => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const watched = () => Reflect.get(globalThis, "watched").deref();
  await run("const held = { size: 1 }; Object.assign(globalThis, { watched: new WeakRef(held) });");
  t.is(await shown("held.size"), "1");
  collect();
  t.deepEqual(watched(), { size: 1 });
  await run("const held = { size: 2 };");
  await setTimeout(10);
  collect();
  t.is(watched(), undefined);
});

test.serial("names: of several types with one name the message says which cell's is meant", async (t) => {
  await run("class Box { a = 1 } let box = new Box();");
  await run("class Box { b = 2 }");
  t.regex(
    (await errorOf("box = new Box();")).message,
    /Property 'a' is missing in type 'In\[\d+\]\.Box' but required in type 'In\[\d+\]\.Box'/,
  );
});

test.serial("names: what `var` declares inside a loop or a branch is seen by later cells", async (t) => {
  await run(`
    for (var turn = 0; turn < 3; turn++) { var squared = turn ** 2; }
    if (turn > 9) { var never: string | undefined = "no"; }
    for (var { deep: [inner] } of [{ deep: [1] }, { deep: [5] }]);
    function own() { var hidden = 1; return hidden; } // a comment at the end`);
  t.is(await shown("squared += 10; [turn, squared, never, inner]"), "[ 3, 14, undefined, 5 ]");
  t.regex((await errorOf("hidden")).message, /Cannot find name 'hidden'/);
});
