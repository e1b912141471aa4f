import { createRequire } from "node:module";
import { inspect } from "node:util";
import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { Displayed } from "../../src/kernel/displayed.ts";
import { showValue } from "../../src/kernel/show-value.ts";

const require = createRequire(import.meta.url);

const textOf = async (value: unknown) => (await showValue(value))?.["text/plain"];

test("show: values as Node inspects them, nothing of undefined", async (t) => {
  t.is(showValue(undefined), null);
  t.is(await textOf(null), "null");
  t.is(await textOf("a"), "'a'");
  t.is(await textOf(new Float32Array([1, 2.5])), "Float32Array(2) [ 1, 2.5 ]");
  t.is(await textOf(new Map([["a", { b: 1 }]])), "Map(1) { 'a' => { b: 1 } }");
});

test("show: an object's own bundle, made at once or later", async (t) => {
  const display = Symbol.for("Jupyter.display");
  t.deepEqual(showValue({ [display]: () => ({ "text/html": "<b>x</b>" }) }), { "text/html": "<b>x</b>" });
  t.deepEqual(await showValue({ [display]: async () => ({ "text/plain": "later" }) }), {
    "text/plain": "later",
  });
});

test("show: what an object shows of itself must be a bundle", async (t) => {
  const display = Symbol.for("Jupyter.display");
  const message = (got: string) =>
    `what an object shows of itself, by Symbol.for("Jupyter.display"), is content by MIME type, got ${got}; return an object such as { "text/plain": "…" }`;
  t.throws(() => showValue({ [display]: () => "<b>x</b>" }), { message: message("'<b>x</b>'") });
  const later = showValue({ [display]: async () => [1] });
  await t.throwsAsync(async () => later, { name: "UsageError", message: message("[ 1 ]") });
});

test("show: an image's bytes as the image", (t) => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);
  t.deepEqual(showValue(png), { "image/png": "iVBORw0KGgoB", "text/plain": "image/png, 9 bytes" });
  t.deepEqual(showValue(new Uint8Array([0xff, 0xd8, 0xff, 0xe0])), {
    "image/jpeg": "/9j/4A==",
    "text/plain": "image/jpeg, 4 bytes",
  });
});

test("show: a tensor's shape, type and values, of many values only the number", async (t) => {
  t.is(
    await textOf(
      tf.tensor2d([
        [1, 2],
        [3, 4.5],
      ]),
    ),
    "Tensor [2, 2] float32\n[ [ 1, 2 ], [ 3, 4.5 ] ]",
  );
  t.is(await textOf(tf.scalar(3, "int32")), "Tensor [] int32\n3");
  t.is(await textOf(tf.zeros([40, 50])), "Tensor [40, 50] float32, 2,000 values");
  t.is(await textOf(tf.variable(tf.tensor1d(["a"]))), "Tensor [1] string\n[ 'a' ]");
  const gone = tf.tensor1d([1]);
  gone.dispose();
  t.is(await textOf(gone), "Tensor [1] float32, disposed");
});

test("show: a data frame as an HTML table, escaped, and as its own text", (t) => {
  const { DataFrame, Series } = require("danfojs-node");
  const frame = new DataFrame(
    [
      [1, "<b>"],
      [2.5, null],
    ],
    { columns: ["n", "a&b"], index: ["x", "y"] },
  );
  const shown = showValue(frame);
  t.deepEqual(shown, {
    "text/html":
      "<table><thead><tr><th></th><th>n</th><th>a&amp;b</th></tr></thead><tbody>" +
      "<tr><th>x</th><td>1</td><td>&lt;b&gt;</td></tr><tr><th>y</th><td>2.5</td><td>null</td></tr></tbody></table>",
    "text/plain": frame.toString().trimEnd(),
  });
  t.deepEqual(showValue(new Series([7, 8])), {
    "text/html": "<table><tbody><tr><th>0</th><td>7</td></tr><tr><th>1</th><td>8</td></tr></tbody></table>",
    "text/plain": new Series([7, 8]).toString().trimEnd(),
  });
});

test("show: a data frame's fractions with six digits, whole numbers with all", (t) => {
  const { Series } = require("danfojs-node");
  const html = Reflect.get(showValue(new Series([0.1 + 0.2, 2 / 3, 123456789, 0])) ?? {}, "text/html");
  t.deepEqual(html.match(/(?<=<td>)[^<]*/g), ["0.3", "0.666667", "123456789", "0"]);
});

test("show: of a long data frame the first 60 rows and how many more there are", (t) => {
  const { DataFrame } = require("danfojs-node");
  const rows = Array.from({ length: 1100 }, (_, row) => [row]);
  const html = Reflect.get(showValue(new DataFrame(rows)) ?? {}, "text/html");
  t.is(html.match(/<td>/g)?.length, 60);
  t.true(html.endsWith("</table><p>1,040 more rows</p>"));
});

test("show: a data frame whose columns are named like danfo.js's own names", (t) => {
  const { DataFrame } = require("danfojs-node");
  const shown = showValue(new DataFrame({ values: [1, 2], k: ["a", "b"] }));
  t.is(
    Reflect.get(shown ?? {}, "text/html"),
    "<table><thead><tr><th></th><th>values</th><th>k</th></tr></thead><tbody>" +
      "<tr><th>0</th><td>1</td><td>a</td></tr><tr><th>1</th><td>2</td><td>b</td></tr></tbody></table>",
  );
  for (const names of [
    ["index"],
    ["columns"],
    ["shape", "toString", "config", "dtypes"],
    ["values", "b", "c", "d", "e", "f", "g", "h", "i"],
  ]) {
    const frame = new DataFrame(Object.fromEntries(names.map((name) => [name, [1, 2]])));
    const { "text/html": html, "text/plain": plain } = Object(showValue(frame));
    t.is(html.match(/<td>/g).length, 2 * names.length);
    t.true(plain.includes(names[0]));
  }
});

test("show: tensors and data frames inside of something else in a short form, also in a log", async (t) => {
  const { DataFrame, Series } = require("danfojs-node");
  const frame = new DataFrame({ values: [1, 2], k: ["a", "b"] });
  t.is(
    await textOf({
      t: tf.zeros([2, 3]),
      list: [frame, new Series([1])],
      map: new Map([["v", tf.variable(tf.scalar(1, "int32"))]]),
    }),
    "{\n  t: Tensor [2, 3] float32,\n  list: [ DataFrame [2 rows × 2 columns: values, k], Series [1 row] ],\n  map: Map(1) { 'v' => Tensor [] int32 }\n}",
  );
  t.is(inspect([frame]), "[ DataFrame [2 rows × 2 columns: values, k] ]");
});

test("show: nothing of what is shown already", (t) => {
  const place = new Displayed("a", () => {});
  t.is(showValue(place), null);
  t.is(showValue([place, place]), null);
  t.deepEqual(showValue([]), { "text/plain": "[]" });
});
