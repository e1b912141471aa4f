import test from "ava";
import type { MimeBundle } from "../../../src/notebook/mime-bundle.ts";
import { cellRunner } from "../../support/run-cells.ts";

const { begin, run } = await cellRunner();

/** What a cell showed besides its value. */
async function shownBy(code: string) {
  const { cell, result } = begin(code);
  const end = await result;
  if (end.status === "error") throw new Error(end.error.traceback.join("\n"));
  return cell.shown;
}

const text = (plain: string): MimeBundle => ({ "text/plain": plain });

test.serial("display: shows below the cell and, by id, anew in its place", async (t) => {
  t.deepEqual(
    await shownBy(
      "const place = display('a', { id: 'here' }); place.update(2); display({ b: 1 }, { id: place.id, update: true });",
    ),
    [
      { how: "display", bundle: text("'a'"), id: "here" },
      { how: "update", bundle: text("2"), id: "here" },
      { how: "update", bundle: text("{ b: 1 }"), id: "here" },
    ],
  );
  t.deepEqual(await shownBy("place.update('from a later cell');"), [
    { how: "update", bundle: text("'from a later cell'"), id: "here" },
  ]);
});

test.serial("display: without an id every call shows something of its own", async (t) => {
  const [first, second, third] = await shownBy("const one = display(1); display(undefined); one.update(3);");
  t.deepEqual([first?.bundle, second?.bundle, third?.bundle], [text("1"), text("undefined"), text("3")]);
  t.not(first?.id, second?.id);
  t.is(first?.id, third?.id);
});

test.serial(
  "display: what a function of an earlier cell shows belongs to the cell that calls it",
  async (t) => {
    await run("function showTwice(x: number) { display(x); display(x); }");
    t.is((await shownBy("showTwice(1);")).length, 2);
  },
);

test.serial("display: an object's bundle may come later", async (t) => {
  const code =
    "display({ async [Symbol.for('Jupyter.display')]() { return { 'text/plain': 'later' }; } }); await null;";
  t.deepEqual(
    (await shownBy(code)).map(({ bundle }) => bundle),
    [text("later")],
  );
});

test.serial("display: of a promise what it brings, in its place", async (t) => {
  const code =
    "const soon = display(Promise.resolve(3), { id: 'soon' }); await null; soon.update(Promise.resolve({ c: 4 })); await null;";
  t.deepEqual(await shownBy(code), [
    { how: "display", bundle: text("3"), id: "soon" },
    { how: "update", bundle: text("{ c: 4 }"), id: "soon" },
  ]);
});

test.serial("display: a bundle that is none is the cell's error, without a stack", async (t) => {
  const { result } = begin("({ [Symbol.for('Jupyter.display')]: () => 5 })");
  const end = await result;
  t.regex(
    end.status === "error" ? end.error.traceback.join("\n") : "",
    /^UsageError: what an object shows .*, got 5; return an object .*$/,
  );
});

test.serial("display: output is cleared at once or with the next one", async (t) => {
  t.deepEqual(await shownBy("clearOutput(); clearOutput({ wait: true });"), [
    { how: "clear" },
    { how: "clear later" },
  ]);
});

test.serial("prompt: asks the user for a line", async (t) => {
  const { cell, result } = begin("await prompt('name?') + (await prompt('key?', { password: true })).length");
  t.deepEqual(await result, { status: "ok", value: text("'answer to name?14'") });
  t.deepEqual(cell.questions, ["name?", "key? (password)"]);
});

test.serial("display: as the last expression it shows its value once", async (t) => {
  for (const code of [
    "display('hi')",
    "display('hi');",
    "[1, 2].map((n) => display(n))",
    "place",
    "await Promise.resolve(display(1))",
  ]) {
    t.deepEqual(await run(code), { status: "ok", value: null });
  }
});

test.serial("display: has a method for each format, of which each returns its place", async (t) => {
  const code =
    "display.html('<b>x</b>', { id: 'f' }); display.markdown('*x*'); display.svg('<svg/>'); display.latex('$x$'); display.json({ a: [1] }).update(2);";
  const shown = await shownBy(code);
  t.deepEqual(
    shown.map(({ how, bundle }) => [how, bundle]),
    [
      ["display", { "text/html": "<b>x</b>", "text/plain": "<b>x</b>" }],
      ["display", { "text/markdown": "*x*", "text/plain": "*x*" }],
      ["display", { "image/svg+xml": "<svg/>", "text/plain": "<svg/>" }],
      ["display", { "text/latex": "$x$", "text/plain": "$x$" }],
      ["display", { "application/json": { a: [1] }, "text/plain": "{ a: [ 1 ] }" }],
      ["update", text("2")],
    ],
  );
  t.is(shown[0]?.id, "f");
  t.deepEqual(await run("display.markdown('# hi')"), { status: "ok", value: null });
});

test.serial("html: what is put in is text, HTML stays HTML, a list is all of its parts", async (t) => {
  const code = `const rows = ['a<b', 'c'].map((x) => html\`<li>\${x}</li>\`); html\`<ul class="\${'"'}">\${rows}\${null}\${0}</ul>\``;
  const html = '<ul class="&quot;"><li>a&lt;b</li><li>c</li>0</ul>';
  t.deepEqual(await run(code), { status: "ok", value: { "text/html": html, "text/plain": html } });
});

test.serial("display: tensors and data frames in what is logged are shown in their short form", async (t) => {
  const { cell, result } = begin(
    "const like = new (class Tensor { shape = [2]; dtype = 'int32'; size = 2; isDisposed = false; arraySync() { return [1, 2]; } })(); console.debug; display([like]);",
  );
  t.is((await result).status, "ok");
  t.deepEqual(cell.shown[0]?.bundle, text("[ Tensor [2] int32 ]"));
});
