import test from "ava";
import { cellRunner } from "../../support/run-cells.ts";

const { shown, run, begin, errorOf } = await cellRunner();

test.serial("syntax: await stands wherever a module may have it", async (t) => {
  t.is(
    await shown(
      "const one = await Promise.resolve(1); const { two } = await Promise.resolve({ two: 2 }); [one, two, await 3]",
    ),
    "[ 1, 2, 3 ]",
  );
  t.is(
    await shown(
      "let sum = 0; for await (const x of [Promise.resolve(1), 2]) sum += x; if (await Promise.resolve(true)) { sum += await Promise.resolve(10); } sum",
    ),
    "13",
  );
  t.is(await shown("await (async () => { class A { static x = 4; } return A.x; })()"), "4");
});

test.serial("syntax: what is new in the language", async (t) => {
  t.is(
    await shown(`
      const log: string[] = [];
      {
        using first = { [Symbol.dispose]() { log.push("disposed"); } };
        await using second = { async [Symbol.asyncDispose]() { log.push("disposed later"); } };
        log.push("used");
      }
      log`),
    "[ 'used', 'disposed later', 'disposed' ]",
  );
  t.is(
    await shown(`
      function twice(method: (this: object) => number, _: ClassMethodDecoratorContext) { return function (this: object) { return 2 * method.call(this); }; }
      class Decorated { accessor size = 1; #hidden = 2; @twice get2() { return this.#hidden; } static { log.push("static"); } }
      const config = { a: 1 } satisfies Record<string, number>;
      function first<const T extends readonly unknown[]>(all: T): T[0] { return all[0]; }
      [new Decorated().get2(), new Decorated().size, config.a ?? 0, first([7, 8]), [1, 2, 3].at(-1), /(?<y>a)/d.exec("a")?.groups?.y]`),
    "[ 4, 1, 1, 7, 3, 'a' ]",
  );
});

test.serial(
  "syntax: a resource that a cell declares is disposed of at its end and then unknown",
  async (t) => {
    await run("const ends: string[] = [];");
    t.is(
      await shown(
        "using r = { name: 'r', [Symbol.dispose]() { ends.push('end'); } }; const kept = r.name; ends.length",
      ),
      "0",
    );
    t.is(await shown("[kept, ...ends]"), "[ 'r', 'end' ]");
    t.is((await errorOf("r")).message.replace(/^.*?:1:1 /, ""), "Cannot find name 'r'. (TS2304)");
  },
);

test.serial(
  "syntax: a cell ends in the value of its last expression, of a promise in what it brings",
  async (t) => {
    t.is(await shown("1; 2"), "2");
    t.is(await shown("new Promise((resolve) => setTimeout(() => resolve('brought'), 5))"), "'brought'");
    t.is(await shown("const none = 1;"), undefined);
    t.is(await shown("undefined"), undefined);
    t.is(await shown("'use strict'"), "'use strict'");
    t.is(await shown(""), undefined);
    t.is(await shown("none\n+ 1"), "2");
    t.is(await shown("(none.toFixed(), 3) // behind"), "3");
  },
);

test.serial("syntax: a cell may export and may use the names of modules for its own", async (t) => {
  await run("export const shared = 1; export default 5; export { shared as other };");
  t.is(await shown("shared"), "1");
  await run("import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);");
  t.is(await shown("typeof require('node:os').EOL"), "'string'");
});

test.serial("syntax: a cell that was not counted does not hide the one whose count it bears", async (t) => {
  await begin("const here = 'counted';", 50).result;
  await begin("const there = 'not counted';", 50).result;
  t.is(await shown("[here, there]"), "[ 'counted', 'not counted' ]");
});
