import test from "ava";
import { kernelErrorOf, notebookText, readNotebook, withParameters } from "../../src/cli/notebook.ts";

const cell = (id: string, tags?: string[]) => ({
  ...{ cell_type: "code", id, source: "const a = 1;" },
  metadata: tags ? { tags } : {},
});
const text = (cells: unknown[]) => JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });

test("readNotebook: metadata come in one form, everything else stays", (t) => {
  const saved = {
    ...{ cells: [cell("a")], nbformat: 4, nbformat_minor: 5 },
    metadata: { language_info: { name: "typescript", version: "3.7.2" }, colab: {} },
  };
  const notebook = readNotebook(JSON.stringify(saved), "a.ipynb");
  t.deepEqual(notebook, {
    ...saved,
    metadata: {
      kernelspec: { display_name: "TypeScript (tslab)", language: "typescript", name: "tslab" },
      language_info: { file_extension: ".ts", mimetype: "text/typescript", name: "typescript" },
    },
  } as unknown);
  t.deepEqual(readNotebook(notebookText(notebook), "a.ipynb"), notebook);
});

test("readNotebook: what is no notebook is told with its file", (t) => {
  t.throws(() => readNotebook("{", "a.ipynb"), {
    name: "FailureError",
    message:
      "a.ipynb must be a Jupyter notebook of version 4, got 1 characters that are not JSON; restore it from where it came",
  });
  t.throws(() => readNotebook('{"cells": [], "metadata": {}, "nbformat": 3}', "a.ipynb"), {
    message: /^a\.ipynb must be .*, got .*expected 4.*nbformat; restore/,
  });
});

test("withParameters: a cell behind the tagged one declares them anew", (t) => {
  const notebook = readNotebook(text([cell("a"), cell("b", ["parameters"]), cell("c")]), "a.ipynb");
  const given = withParameters(notebook, { profile: "short", seeds: [0, 1] });
  t.deepEqual(
    given.cells.map(({ id }) => id),
    ["a", "b", "injected-parameters", "c"],
  );
  t.is(given.cells[2]?.source, 'const profile = "short";\nconst seeds = [0,1];');
  t.is(notebook.cells.length, 3);
  t.is(withParameters(notebook, {}), notebook);
});

test("kernelErrorOf: the line that tells, of what the failed cell wrote to stderr", (t) => {
  const report = `Traceback (most recent call last):
nbclient.exceptions.CellExecutionError: An error occurred while executing the following cell:
------------------
fail();
------------------

----- stderr -----
harmless remark
UsageError: a rule, got nothing; a remedy
    at fail (file.js:1:1)
------------------

`;
  t.is(kernelErrorOf(report), "UsageError: a rule, got nothing; a remedy");
  t.is(
    kernelErrorOf("Traceback:\nModuleNotFoundError: No module named 'nbconvert'\n"),
    "ModuleNotFoundError: No module named 'nbconvert'",
  );
});
