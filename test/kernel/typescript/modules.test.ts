import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import test from "ava";
import { cellRunner, notebookFolder } from "../../support/run-cells.ts";
import { writeFiles } from "../write-files.ts";

const folder = notebookFolder();
const kit = fileURLToPath(new URL("../../..", import.meta.url));

const write = (files: Readonly<Record<string, string | object>>) => writeFiles(folder, files);

write({
  // Its names are made at run time, where nobody sees them who only reads.
  "node_modules/cjs/package.json": { name: "cjs", version: "1.0.0", main: "index.js", types: "index.d.ts" },
  "node_modules/cjs/index.js": "for (const n of ['one', 'two']) exports[n] = () => n;",
  "node_modules/cjs/index.d.ts": "export function one(): string; export function two(): string;",
  // An ES module before it was made CommonJS.
  "node_modules/was-esm/package.json": {
    name: "was-esm",
    version: "1.0.0",
    main: "index.js",
    types: "index.d.ts",
  },
  "node_modules/was-esm/index.js":
    "exports.__esModule = true; exports.default = 'the default'; exports.other = 2;",
  "node_modules/was-esm/index.d.ts":
    "declare const d: string; export default d; export declare const other: number;",
  "node_modules/esm/package.json": {
    ...{ name: "esm", version: "1.0.0", type: "module" },
    exports: {
      ".": { types: "./lib/main.d.ts", import: "./lib/main.js" },
      "./deep/*": { types: "./lib/*.d.ts", import: "./lib/*.js" },
    },
  },
  "node_modules/esm/lib/main.js":
    "export const ready = await Promise.resolve('awaited'); export let count = 0; export function raise() { count++; }",
  "node_modules/esm/lib/main.d.ts":
    "export declare const ready: string; export declare let count: number; export declare function raise(): void; export interface Shape { sides: number }",
  "node_modules/esm/lib/part.js": "export default class Part { name = 'part'; }",
  "node_modules/esm/lib/part.d.ts": "export default class Part { name: string; }",
  "node_modules/untyped/package.json": { name: "untyped", version: "1.0.0", main: "index.js" },
  "node_modules/untyped/index.js": "module.exports = (x) => x + 1;",
  "node_modules/types-only/package.json": { name: "types-only", version: "1.0.0", types: "index.d.ts" },
  "node_modules/types-only/index.d.ts": "export interface Only { a: number }",
  "node_modules/broken/package.json": { name: "broken", version: "1.0.0", main: "index.js" },
  "node_modules/broken/index.js": "throw new Error('broken on load');",
  "beside.ts":
    "import { extra } from './extra'; export enum Kind { A = 1 } export const sum = (a: number, b: number): number => a + b + extra;",
  "extra.ts": "export const extra = 100;",
  "data.json": { rows: [1, 2] },
});
symlinkSync(kit, join(folder, "node_modules/h2t-kit"));
symlinkSync(join(kit, "node_modules/tslab"), join(folder, "node_modules/tslab"));

const { shown, errorOf, run, begin } = await cellRunner(folder);

test.serial("modules: CommonJS, names included that only running it tells", async (t) => {
  t.is(
    await shown("import { one } from 'cjs'; import * as cjs from 'cjs'; [one(), cjs.two()]"),
    "[ 'one', 'two' ]",
  );
  t.is(await shown("import text, { other } from 'was-esm'; [text, other]"), "[ 'the default', 2 ]");
});

test.serial(
  "modules: ES modules with exports only, subpaths and top-level await, their names alive",
  async (t) => {
    t.is(
      await shown("import { count, raise, ready } from 'esm'; raise(); [ready, count]"),
      "[ 'awaited', 1 ]",
    );
    t.is(await shown("raise(); count"), "2");
    t.is(await shown("import Part from 'esm/deep/part'; new Part()"), "Part { name: 'part' }");
  },
);

test.serial("modules: types alone load nothing, with or without the word type", async (t) => {
  t.is(
    await shown(
      "import { Only } from 'types-only'; import { type Shape } from 'esm'; const o: Only & Shape = { a: 1, sides: 3 }; o",
    ),
    "{ a: 1, sides: 3 }",
  );
  t.is(await shown("const again: Only = { a: 2 }; again.a"), "2");
});

test.serial("modules: a package without types is any", async (t) => {
  t.is(await shown("import addOne from 'untyped'; addOne(1)"), "2");
});

test.serial("modules: TypeScript and JSON beside the notebook", async (t) => {
  t.is(
    await shown(
      "import { Kind, sum } from './beside'; import { extra } from './extra.ts'; [Kind.A, sum(1, 2), extra]",
    ),
    "[ 1, 103, 100 ]",
  );
  t.is(await shown("import data from './data.json'; data.rows"), "[ 1, 2 ]");
  t.regex((await errorOf("sum('a', 1)")).message, /Argument of type 'string'/);
});

test.serial("modules: imports that a cell makes when it comes to them, and require", async (t) => {
  t.is(
    await shown(
      "const { two } = await import('cjs'); const later = await import('esm/deep/part'); [two(), new later.default().name]",
    ),
    "[ 'two', 'part' ]",
  );
  t.is(
    await shown(
      "[require('cjs').one(), require.resolve('untyped').endsWith('index.js'), __dirname === process.cwd(), import.meta.dirname === __dirname]",
    ),
    "[ 'one', true, true, true ]",
  );
});

test.serial(
  "modules: a package installed while the kernel runs can be imported in the next cell",
  async (t) => {
    const cell = "import { fresh } from 'new-package'; fresh";
    t.is(
      (await errorOf(cell)).message.replace(/^In\[\d+\]/, "In"),
      `In:1:23 Cannot find module 'new-package' or its corresponding type declarations; run "npm install new-package" in ${folder}, or "!npm install new-package" in a cell (TS2307)`,
    );
    write({
      "node_modules/new-package/package.json": {
        name: "new-package",
        version: "1.0.0",
        exports: { types: "./index.d.mts", default: "./index.mjs" },
      },
      "node_modules/new-package/index.mjs": "export const fresh = 'installed';",
      "node_modules/new-package/index.d.mts": "export declare const fresh: string;",
    });
    t.is(await shown(cell), "'installed'");
  },
);

test.serial(
  "modules: one that fails to load is the cell's error, and none of the cell's names are declared",
  async (t) => {
    await run("const stays = 1;");
    t.is((await errorOf("import 'broken'; const stays = 2;")).message, "broken on load");
    t.is(await shown("stays"), "1");
  },
);

test.serial("modules: the kit itself, without loading TensorFlow before it is used", async (t) => {
  const addon = "Object.keys(require.cache).filter((file) => file.includes('tfjs')).length";
  t.is(await shown(addon), "0");
  t.is(
    await shown(
      "import { longTailedCounts, type Profile } from 'h2t-kit'; const p: Profile = 'demo'; longTailedCounts(100, 3, 100)",
    ),
    "[ 100, 10, 1 ]",
  );
});

test.serial("modules: what tslab's own display shows is shown here", async (t) => {
  const { cell, result } = begin(
    "import { display as tslab, newDisplay } from 'tslab'; tslab.html('<b>x</b>'); const d = newDisplay(); d.text('a'); d.text('b');",
  );
  t.is((await result).status, "ok");
  const [html, first, second] = cell.shown;
  t.deepEqual(html, { how: "display", bundle: { "text/html": "<b>x</b>" } });
  t.deepEqual(
    [first?.how, first?.bundle, second?.how, second?.bundle],
    ["display", { "text/plain": "a" }, "update", { "text/plain": "b" }],
  );
  t.is(first?.id, second?.id);
});
