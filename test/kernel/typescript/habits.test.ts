import test from "ava";
import { cellRunner, notebookFolder } from "../../support/run-cells.ts";
import { writeFiles } from "../write-files.ts";

const folder = notebookFolder();
const esm = { version: "1.0.0", type: "module" };
writeFiles(folder, {
  "data.csv": "a,b\n1,2",
  "picture.png": "",
  "drawing.svg": "",
  "weights.npy": "",
  "thrower.ts": "\ninterface Lines { above: 1 }\nexport function fail(): never { throw new Error('no'); }",
  "throws.ts": "import { fail } from './thrower';\nfail();",
  "unreadable.ts": "export const = 1;",
  "node_modules/esm-main/package.json": { ...esm, name: "esm-main", exports: "./index.js" },
  "node_modules/esm-main/index.js": "export const a = await 1;",
  "node_modules/@scope/esm/package.json": { ...esm, name: "@scope/esm", exports: { import: "./index.js" } },
  "node_modules/@scope/esm/index.js": "export const a = 1;",
});
const { shown, errorOf, run, engine } = await cellRunner(folder);

/** What the compiler says without the place, and its code. */
async function refusalOf(code: string) {
  const { name, message, traceback } = await errorOf(code);
  return { name, code: /\((\w+)\)$/.exec(message)?.[1], lines: traceback.length, message };
}

test.serial("habits: an object alone is the object, a block is a block", async (t) => {
  t.is(await shown("{ a: 1, b: 2 }"), "{ a: 1, b: 2 }");
  t.is(
    await shown("// first\n{ a: 1, b: { c: await Promise.resolve(2) } } // last"),
    "{ a: 1, b: { c: 2 } }",
  );
  t.is(await shown("{}"), "{}");
  t.is(await shown("{ const inside = 1; }"), undefined);
  t.is(await shown("{ a: 1 };"), undefined);
  t.is((await errorOf("{ a: 1, b: nowhere }")).message, "In[6]:1:12 Cannot find name 'nowhere'. (TS2304)");
  t.deepEqual((await errorOf("{ a: 1,\n  b: JSON.parse('{') }")).traceback.at(-1), "    at In[7]:2:11");
  t.is((await engine.isComplete("{ a: 1, b: 2 }")).status, "complete");
  t.is((await engine.isComplete("{ a: 1, b:")).status, "incomplete");
});

test.serial("habits: `import fs = require(…)` imports for this cell and later ones", async (t) => {
  t.is(await shown("import fs = require('node:fs'); fs.existsSync('/')"), "true");
  t.is(await shown("let stats: fs.Stats | undefined; typeof fs.statSync"), "'function'");
});

test.serial("shell: a line with ! runs, unless it is TypeScript", async (t) => {
  await run("const done = false;");
  t.is(await shown("!done"), "true");
  t.is(await shown("const mine = true;\n!mine"), "false");
  t.is(await shown("!['a'].includes('b')"), "true");
  t.is(await shown("done ||\n!done"), "true");
  t.is(await shown("`\n!ls\n`"), "'\\n!ls\\n'");
  t.is(await shown("!touch made-by-shell.txt\nrequire('node:fs').existsSync('made-by-shell.txt')"), "true");
  t.is(
    await shown("!true && \\\n  touch two-lines.txt\nrequire('node:fs').existsSync('two-lines.txt')"),
    "true",
  );
  t.is((await errorOf("1;\n!exit 3")).message, "!exit 3 ended with exit status 3; read its output above");
  t.is((await engine.isComplete("!npm install x -D")).status, "complete");
});

test.serial("magics: one line explains, and an operator stays one", async (t) => {
  for (const code of ["%matplotlib inline", "%%bash\nls -la $HOME", "// first\n%time f()", "1;\n%timeit x"]) {
    const { name, code: found, lines } = await refusalOf(code);
    t.deepEqual({ name, found, lines }, { name: "Syntax error", found: "IPYTHON_MAGIC", lines: 1 });
  }
  t.is(await shown("const five = 5\n% 3; five"), "2");
});

test.serial("JSX: without the setting one line says which", async (t) => {
  const { name, code, lines } = await refusalOf("const element = <div>{1}</div>;");
  t.deepEqual({ name, code, lines }, { name: "Syntax error", code: "JSX_IS_OFF", lines: 1 });
  t.is(await shown("const generic = <T,>(x: T) => x; <number>generic(1)"), "1");
});

test.serial("imports: of a package that is not installed, where to install it", async (t) => {
  for (const [code, name] of [
    ["import x from 'absent'", "absent"],
    ["import { a } from 'absent/part'", "absent"],
    ["import '@scope/absent/x'", "@scope/absent"],
    ["import x from 'npm:absent@4'", "absent"],
    ["await import('absent')", "absent"],
    ["require('absent')", "absent"],
    ["await import('abs' + 'ent')", "absent"],
  ] as const) {
    const { message } = await errorOf(code);
    t.true(message.includes(`"npm install ${name}" in ${folder}`), message);
  }
});

test.serial("imports: of data and images, how to read them", async (t) => {
  for (const [code, how] of [
    ["import rows from './data.csv'", 'readFileSync("./data.csv", "utf8")'],
    ["import image from './picture.png'", 'display(readFileSync("./picture.png"))'],
    ["import image from './drawing.svg'", 'display.svg(readFileSync("./drawing.svg", "utf8"))'],
    ["import weights from './weights.npy'", 'readFileSync("./weights.npy")'],
    ["import './data.csv'", 'readFileSync("./data.csv", "utf8")'],
  ] as const) {
    const { message } = await errorOf(code);
    t.true(message.includes(`read it with ${how},`), message);
  }
});

test.serial("imports: `require` of an ES module only says in one line to import it", async (t) => {
  for (const name of ["esm-main", "@scope/esm"]) {
    t.deepEqual((await errorOf(`require('${name}')`)).traceback, [
      `FailureError: "${name}" is an ES module, which require cannot load; write: import … from "${name}"`,
    ]);
  }
});

test.serial("imports: of a file that throws, the user's frames", async (t) => {
  const { traceback } = await errorOf("import './throws.ts'");
  t.is(traceback[0], "Error: no");
  t.true(traceback.length > 1);
  for (const frame of traceback.slice(1)) t.regex(frame, /\/(?:thrower|throws)\.ts:\d+:\d+\)?$/);
  t.regex(traceback[1] ?? "", /at fail \(.*\/thrower\.ts:3:39\)$/);
});

test.serial("imports: of a file that cannot be read, its line and no frames", async (t) => {
  const { traceback } = await errorOf("import './unreadable.ts'");
  t.true(traceback.some((line) => line.includes("unreadable.ts:1:13")));
  t.false(traceback.some((line) => line.startsWith("    at ")));
});
