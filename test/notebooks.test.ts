import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import test from "ava";
import ts from "typescript";
import { projectFolder } from "../src/setup/project-folder.ts";
import { venvPython } from "../src/setup/python-packages.ts";
import { executeNotebook } from "../src/workflow/execute-notebook.ts";
import { type Notebook, notebookText, readNotebook } from "../src/workflow/notebook.ts";
import { temporaryFolder } from "./support/class-folders.ts";
import { tinyTable5 } from "./support/tiny-table-5.ts";

const folder = path.join(projectFolder, "notebooks");
const names = (await readdir(folder)).filter((name) => name.endsWith(".ipynb"));
const textOf = (name: string) => readFile(path.join(folder, name), "utf8");
const notebookOf = async (name: string) => readNotebook(await textOf(name), name);

/** A cell's text, which files hold as one string or as lines. */
const sourceOf = ({ source }: Notebook["cells"][number]) => [source].flat().join("");
const codeOf = ({ cells }: Notebook) => cells.filter((cell) => cell.cell_type === "code").map(sourceOf);

/** Names of the functions and classes that code defines, also as values of constants. */
function definitions(code: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    const isFunction = ts.isFunctionLike(node) || ts.isClassLike(node);
    if (isFunction) found.push(node.getText().split("\n")[0] ?? "");
    else ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, true));
  return found;
}

test("notebooks: a definition would be found", (t) => {
  t.deepEqual(definitions("const f = (x: number) => x;\nfunction g() {}\nclass A {}\nconst n = 1;"), [
    "(x: number) => x",
    "function g() {}",
    "class A {}",
  ]);
});

test("notebooks: valid, and in the form in which Jupyter writes them", async (t) => {
  const rewrite = `
import json, nbformat, sys
books = [nbformat.read(file, 4) for file in sys.argv[1:]]
for book in books: nbformat.validate(book)
print(json.dumps([nbformat.writes(book) + "\\n" for book in books]))`;
  const files = names.map((name) => path.join(folder, name));
  const maxBuffer = 64 * 2 ** 20;
  const { stdout } = await promisify(execFile)(venvPython(projectFolder), ["-c", rewrite, ...files], {
    maxBuffer,
  });
  t.deepEqual(JSON.parse(stdout), await Promise.all(names.map(textOf)));
});

for (const name of names) {
  test(`${name}: stored in one form, outputs included, under 400 kB`, async (t) => {
    const text = await textOf(name);
    t.is(text, notebookText(readNotebook(text, name)));
    t.true(Buffer.byteLength(text) < 400_000);
  });

  test(`${name}: cells define no functions and import from h2t-kit only`, async (t) => {
    const code = codeOf(await notebookOf(name));
    t.deepEqual(code.flatMap(definitions), []);
    const imported = code.flatMap((cell) => ts.preProcessFile(cell).importedFiles);
    t.deepEqual([...new Set(imported.map(({ fileName }) => fileName))], ["h2t-kit"]);
  });

  test(`${name}: stored outputs come from one run, from the first cell to the last, without a word on stderr`, async (t) => {
    const { cells } = await notebookOf(name);
    const code = cells.filter((cell) => cell.cell_type === "code");
    t.deepEqual(
      code.map((cell) => cell.execution_count),
      code.map((_, i) => i + 1),
    );
    t.notRegex(JSON.stringify(code.map(({ outputs }) => outputs)), /"name":"stderr"|"output_type":"error"/);
  });
}

test("table-5.ipynb: runs on a fresh kernel and shows split, runs, table and figure", async (t) => {
  const parameters = await tinyTable5(await temporaryFolder(t));
  const { signal } = new AbortController();
  const { cells } = await executeNotebook(path.join(folder, "table-5.ipynb"), { signal, parameters });
  const shown = (id: string) => JSON.stringify(cells.find((cell) => cell.id === id)?.outputs);
  t.regex(
    shown("split-chart"),
    /glyphs-10 at ratio 100 .generated images., profile demo: 50 training images/,
  );
  const reused = /table-5\/[\w-]+@glyphs-10, seed 3, demo: head [^(]*\([^)]* generated images; cached\)/g;
  t.is(new Set(shown("train").match(reused)).size, 5);
  t.regex(shown("table-shown"), /Stand-in: ours are measured on glyphs-10, images drawn by the kit/);
  t.regex(shown("table-shown"), /\| CE loss \| 67\.86 \| – \| 90\.00 \|/);
  t.regex(shown("groups-chart"), /application\/vnd\.plotly\.v1\+json.*image\/svg\+xml/);
});
