import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import test from "ava";
import { projectFolder } from "../src/setup/project-folder.ts";
import { venvPython } from "../src/setup/python-packages.ts";
import { notebookText, readNotebook } from "../src/workflow/notebook.ts";
import { tinyTable5 } from "./support/tiny-table-5.ts";

// Of papermill, through which the kit executes notebooks, test/workflow/execute-notebook.test.ts tells.
const nbclient = ["-m", "jupyter", "execute"];
const nbconvert = ["-m", "nbconvert", "--to=notebook", "--execute", "--stdout"];
const nbmake = ["-m", "pytest", "-p", "no:cacheprovider", "--nbmake"];

const papermill = path.join(projectFolder, "bin/h2t-papermill.py");
const table5 = path.join(projectFolder, "notebooks/table-5.ipynb");
const quickstart = path.join(projectFolder, "notebooks/00-quickstart.ipynb");
const folder = await mkdtemp(path.join(tmpdir(), "h2t-test-"));
test.after.always(() => rm(folder, { recursive: true }));

/** Runs Python in the folder of the notebooks: its exit status, and what it wrote. */
async function python(...args: readonly string[]) {
  const child = spawn(venvPython(projectFolder), args, { cwd: folder });
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  return { status, said: stdout + stderr };
}

async function writeCell(name: string, source: string): Promise<void> {
  const cells = [{ cell_type: "code", execution_count: null, id: "a", metadata: {}, outputs: [], source }];
  const notebook = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
  await writeFile(path.join(folder, name), notebookText(readNotebook(notebook, name)));
}

test.before("Table 5's notebook, so prepared that it trains nothing; two that must fail", async (t) => {
  // Cells then import the kit as in any folder below the project.
  await symlink(path.join(projectFolder, "node_modules"), path.join(folder, "node_modules"));
  await writeCell("throws.ipynb", 'throw new TypeError("planted");');
  await writeCell("mistyped.ipynb", 'const size: number = "planted";');
  const parameters = JSON.stringify(await tinyTable5(folder));
  const prepare = ["--prepare-only", "--parameters_yaml", parameters];
  const { status, said } = await python(papermill, table5, "table-5.ipynb", ...prepare);
  t.is(status, 0, said);
});

const thrown = /^TypeError: planted\n {4}at In\[1\]:1:7$/m;
const mistyped = /^In\[1\]:1:7 Type 'string' is not assignable to type 'number'\. \(TS2322\)$/m;
const table = /\| CE loss \| 67\.86 \| – \| 90\.00 \|/;

for (const [name, tool] of Object.entries({ nbclient, nbconvert })) {
  test(`${name}: fails on a cell that throws and on one of wrong types, and runs Table 5's notebook`, async (t) => {
    const run = (notebook: string) => python(...tool, notebook);
    const [good, ...bad] = await Promise.all(["table-5.ipynb", "throws.ipynb", "mistyped.ipynb"].map(run));
    t.is(good?.status, 0, good?.said);
    t.deepEqual(
      bad.map(({ status }) => status),
      [1, 1],
    );
    t.regex(bad[0]?.said ?? "", thrown);
    t.regex(bad[1]?.said ?? "", mistyped);
  });
}

test("nbmake: fails on a cell that throws and on one of wrong types, and passes Table 5's notebook", async (t) => {
  const { status, said } = await python(...nbmake, "table-5.ipynb", "throws.ipynb", "mistyped.ipynb");
  t.is(status, 1);
  t.regex(said, /^=+ 2 failed, 1 passed in /m);
  t.regex(said, thrown);
  t.regex(said, mistyped);
});

for (const kernel of ["h2t-tslab", "tslab"]) {
  test(`${kernel}: runs Table 5's notebook unchanged`, async (t) => {
    const { said } = await python(
      ...nbconvert,
      `--ExecutePreprocessor.kernel_name=${kernel}`,
      "table-5.ipynb",
    );
    t.regex(said, table);
  });
}

test("the quickstart trains on h2t-ts, and on h2t-tslab shows the same table from what that left", async (t) => {
  t.timeout(180_000);
  process.env.H2T_RUNS = path.join(folder, "runs");
  const tableOn = async (kernel: string) => {
    const { status, said } = await python(
      ...nbconvert,
      `--ExecutePreprocessor.kernel_name=${kernel}`,
      quickstart,
    );
    t.is(status, 0, said);
    return said.match(/\| DR[^"]*\|/g);
  };
  const trained = await tableOn("h2t-ts");
  t.is(trained?.length, 2 * 2, "DR and DR+H2T, as Markdown and as plain text");
  t.deepEqual(await tableOn("h2t-tslab"), trained);
});

test("papermill: tells the parameters of Table 5's notebook", async (t) => {
  const { status, said } = await python(papermill, "--help-notebook", table5);
  t.is(status, 0);
  t.regex(
    said,
    /^ {2}profile: ProfileChoice \(default "fullest"\)\n +or demo: minutes; trial, short: hours; paper: days$/m,
  );
  t.regex(said, /^ {2}seeds: Unknown type \(default \[0\]\)$/m);
});
