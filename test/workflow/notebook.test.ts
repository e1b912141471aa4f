import test from "ava";
import { kernelErrorOf, notebookText, readNotebook, withoutTraces } from "../../src/workflow/notebook.ts";

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
      kernelspec: { display_name: "TypeScript (h2t-kit)", language: "typescript", name: "h2t-ts" },
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

test("withoutTraces: times and empty tags go, the injected cell has one name; everything else stays", (t) => {
  const executed = (id: string, metadata: object) => ({ ...cell(id), metadata });
  const times = {
    papermill: { duration: 1.5 },
    execution: { "shell.execute_reply": "2026-11-23T12:00:00Z" },
  };
  const tags = ["injected-parameters"];
  const cells = [
    executed("a", { ...times, collapsed: true, tags: [] }),
    executed("4f0c", { ...times, tags }),
  ];
  t.deepEqual(withoutTraces(readNotebook(text(cells), "a.ipynb")).cells, [
    executed("a", { collapsed: true }),
    executed("injected-parameters", { tags }),
  ] as unknown);
});

test("kernelErrorOf: the line that tells, of what papermill says of the failed cell", (t) => {
  const report = `Traceback (most recent call last):
papermill.exceptions.PapermillExecutionError: 
---------------------------------------------------------------------------
Exception encountered at "In [2]":
UsageError: a rule, got nothing; a remedy
    at In[2]:1:1

`;
  t.is(kernelErrorOf(report), "UsageError: a rule, got nothing; a remedy");
  t.is(
    kernelErrorOf("Traceback:\nModuleNotFoundError: No module named 'papermill'\n"),
    "ModuleNotFoundError: No module named 'papermill'",
  );
});
