import test from "ava";
import { cellRunner, notebookFolder } from "../../support/run-cells.ts";
import { writeFiles } from "../write-files.ts";

const folder = notebookFolder();
writeFiles(folder, {
  "data.csv": "",
  "data/part.csv": "",
  ".hidden": "",
  "node_modules/untyped/package.json": { name: "untyped", version: "1.0.0", main: "index.js" },
  "node_modules/untyped/index.js":
    "class Tool { turn() {} } exports.makeTool = () => new Tool(); exports.settings = { speed: 1 };",
});
const { run, engine } = await cellRunner(folder);

/** Completes at the `|` in code: the names, and the text that one of them replaces. */
async function completed(code: string) {
  const offset = code.indexOf("|");
  const without = code.replace("|", "");
  const { names, start, end } = await engine.complete(without, offset);
  return { names, replaced: without.slice(start, end) };
}

/** The first line of what is known at the `|` in code. */
async function inspected(code: string) {
  const bundle = await engine.inspect(code.replace("|", ""), code.indexOf("|"));
  return String(bundle?.["text/plain"]).split("\n\n")[0];
}

test.serial("signatures: of the function whose arguments are typed, whatever stands in them", async (t) => {
  await run(
    "/** Size. */ function area(width: number, height = 1): number { return width * height; } function square(x: number) { return x * x; } class Box<T> { constructor(readonly content: T) {} fill(with_: T, times: number): this { return this; } } const box = new Box(1);",
  );
  const area = "area(width: number, height?: number): number";
  t.is(await inspected("area(square(2), |"), area);
  t.is(await inspected("area(|"), area);
  t.is(await inspected("area(square(2), |)"), area);
  t.is(await inspected("area(') (', |"), area);
  t.is(await inspected("area((1 + 2) * 3, \n  |"), area);
  t.is(await inspected("square(area(1, |"), area);
  t.is(await inspected("[1].map((x) => area(x, |"), area);
  t.is(await inspected("new Box(|"), "new Box<unknown>(content: unknown): Box<unknown>");
  t.is(await inspected("box.fill(1, |"), "fill(with_: number, times: number): Box<number>");
  await run(
    "function many(a: string): void; function many(a: number, b: number): void; function many(..._: unknown[]) {}",
  );
  t.is(await inspected("many(1, |"), "many(a: number, b: number): void\nmany(a: string): void");
});

test.serial("completion: keys that a value has now, where types do not tell", async (t) => {
  await run(
    'const answer: any = JSON.parse(\'{ "name": 1, "rows": [{ "id": 2, "two words": 3 }], "nested": { "deep": 1 } }\');',
  );
  t.deepEqual(await completed("answer.|"), { names: ["name", "nested", "rows"], replaced: "" });
  t.deepEqual(await completed("answer.n|"), { names: ["name", "nested"], replaced: "n" });
  t.deepEqual(await completed("answer.nested.|"), { names: ["deep"], replaced: "" });
  t.deepEqual(await completed("answer?.rows[0].|"), { names: ["id"], replaced: "" });
  t.deepEqual(await completed("answer['nes|']"), { names: ["nested"], replaced: "nes" });
  t.deepEqual((await completed("answer.rows[0]['|']")).names, ["id", "two words"]);
  t.deepEqual((await completed("const x = 1;\nf(answer.|)\nx")).names, ["name", "nested", "rows"]);
});

test.serial("completion: nothing of the user's is called for it", async (t) => {
  await run("let calls = 0; const lazy: any = { get costly() { calls++; return { a: 1 }; } };");
  t.deepEqual((await completed("lazy.|")).names, ["costly"]);
  t.deepEqual((await completed("lazy.costly.|")).names, []);
  t.deepEqual(await run("calls"), { status: "ok", value: { "text/plain": "0" } });
});

test.serial("completion: of an untyped package and of the environment", async (t) => {
  await run(
    "import tools from 'untyped'; import * as all from 'untyped'; const tool = tools.makeTool(); process.env.H2T_COMPLETED = '1'; const table: Record<string, number> = { first: 1 };",
  );
  t.deepEqual((await completed("tools.|")).names, ["makeTool", "settings"]);
  t.deepEqual((await completed("all.set|")).names, ["settings"]);
  t.deepEqual((await completed("tool.|")).names, ["turn"]);
  t.deepEqual((await completed("process.env.H2T_COMP|")).names, ["H2T_COMPLETED"]);
  t.deepEqual((await completed("table.|")).names, ["first"]);
});

test.serial("completion: files in texts", async (t) => {
  t.deepEqual(await completed("require('node:fs').readFileSync('./da|')"), {
    names: ["data.csv", "data/"],
    replaced: "da",
  });
  t.deepEqual(await completed("open('da|"), { names: ["data.csv", "data/"], replaced: "da" });
  t.deepEqual(await completed("const file = `data/|`"), { names: ["part.csv"], replaced: "" });
  t.deepEqual((await completed("f('|')")).names, ["data.csv", "data/", "node_modules/"]);
  t.deepEqual((await completed("f('.h|')")).names, [".hidden"]);
});
