import test from "ava";
import { cellRunner, notebookFolder } from "../../support/run-cells.ts";
import { writeFiles } from "../write-files.ts";

const folder = notebookFolder();
const settings = (compilerOptions: object) => writeFiles(folder, { "tsconfig.json": { compilerOptions } });
writeFiles(folder, {
  "node_modules/tiny/package.json": {
    name: "tiny",
    version: "1.0.0",
    exports: { "./jsx-runtime": { types: "./index.d.ts", default: "./index.js" } },
  },
  "node_modules/tiny/index.js": "exports.jsx = exports.jsxs = (type, props) => ({ type, props });",
  "node_modules/tiny/index.d.ts":
    "export declare function jsx(type: string, props: object): object; export { jsx as jsxs }; export namespace JSX { type Element = object; interface IntrinsicElements { [name: string]: object } }",
});
settings({ strict: false, noUnusedLocals: true });
const { shown, errorOf } = await cellRunner(folder);

test.serial(
  "settings: strictness is that of tsconfig.json beside the notebook, and unused names are no errors",
  async (t) => {
    t.is(await shown("const n: number = null; function f(x) { return x; } n"), "null");
  },
);

test.serial("settings: a change counts from the next cell on", async (t) => {
  settings({ strict: true, noUncheckedIndexedAccess: true });
  t.is((await errorOf("const m: number = null;")).name, "Type error");
  t.is((await errorOf("const k: number = [1][0];")).name, "Type error");
});

test.serial("settings: JSX runs when it is on, of cells with and without", async (t) => {
  settings({ jsx: "react-jsx", jsxImportSource: "tiny" });
  t.is(
    await shown("const element = <b title='x'>{1 + 1}</b>; element"),
    "{ type: 'b', props: { title: 'x', children: 2 } }",
  );
  t.is(
    await shown("[element, <string>'cast']"),
    "[ { type: 'b', props: { title: 'x', children: 2 } }, 'cast' ]",
  );
});

test.serial("settings: that cannot be read are the cell's error", async (t) => {
  settings({ target: "ES1066" });
  const { name, message } = await errorOf("1");
  t.deepEqual([name, /\((\w+)\)$/.exec(message)?.[1]], ["Settings error", "BAD_SETTINGS"]);
  settings({});
  t.is(await shown("1"), "1");
});
