import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import test from "ava";
import { executeNotebook, notebookNames } from "../../src/cli/notebooks.ts";
import { temporaryFolder, writeFiles } from "../support/class-folders.ts";

const { signal } = new AbortController();

/** A notebook of one TypeScript cell. */
const notebook = (source: string) =>
  JSON.stringify({
    cells: [{ cell_type: "code", execution_count: null, id: "a", metadata: {}, outputs: [], source }],
    metadata: { kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" } },
    nbformat: 4,
    nbformat_minor: 5,
  });

test("executeNotebook: keeps an executed copy and leaves the original as it was", async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, "sum.ipynb");
  await writeFile(file, notebook("const sum: number = 40 + 2; sum"));
  await executeNotebook(file, path.join(folder, "out"), signal);
  t.is(await readFile(file, "utf8"), notebook("const sum: number = 40 + 2; sum"));
  const [cell] = JSON.parse(await readFile(path.join(folder, "out", "sum.ipynb"), "utf8")).cells;
  t.regex(JSON.stringify(cell.outputs), /42/);
});

test("executeNotebook: a cell that fails is told, and no copy is left", async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, "bad.ipynb");
  await writeFile(file, notebook('throw new TypeError("planted");'));
  await t.throwsAsync(executeNotebook(file, path.join(folder, "out"), signal), {
    name: "FailureError",
    message: /^bad\.ipynb must run from its first to its last cell, got .*; open it with /,
  });
  t.false(existsSync(path.join(folder, "out", "bad.ipynb")));
});

test("notebookNames: sorted, only those asked for, none where there is no folder", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, { "table-5.ipynb": "", "00-quickstart.ipynb": "", "readme.md": "" });
  t.deepEqual(await notebookNames(folder), ["00-quickstart", "table-5"]);
  t.deepEqual(await notebookNames(folder, ["table-5", "table-1"]), ["table-5"]);
  t.deepEqual(await notebookNames(path.join(folder, "nowhere")), []);
});
