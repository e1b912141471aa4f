import { readFile, watch, writeFile } from "node:fs/promises";
import path from "node:path";
import test, { type ExecutionContext } from "ava";
import { executeNotebook } from "../../src/workflow/execute-notebook.ts";
import type { Notebook } from "../../src/workflow/notebook.ts";
import { temporaryFolder } from "../support/class-folders.ts";

const { signal } = new AbortController();

/** A notebook of TypeScript cells, the first of which holds the parameters. */
async function writeNotebook(t: ExecutionContext, ...sources: readonly string[]) {
  const file = path.join(await temporaryFolder(t), "sums.ipynb");
  const cells = sources.map((source, i) => ({
    ...{ cell_type: "code", execution_count: null, id: `cell-${i}`, outputs: [], source },
    metadata: i === 0 ? { tags: ["parameters"] } : {},
  }));
  const kernelspec = { display_name: "TypeScript", language: "typescript", name: "h2t-ts" };
  const text = JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 });
  await writeFile(file, text);
  return { file, text };
}

const sourcesOf = ({ cells }: Notebook) => cells.map(({ source }) => [source].flat().join(""));

test("executeNotebook: other parameters, of the declared types, in a cell that it shows; the file stays as it was", async (t) => {
  const { file, text } = await writeNotebook(
    t,
    'type Size = "small" | "large";\nconst size: Size = "small"; // of the sum\nconst terms = [1];',
    'console.log(size === "small" ? 0 : terms.reduce((sum, term) => sum + term));',
  );
  const executed = await executeNotebook(file, { signal, parameters: { size: "large", terms: [40, 2] } });
  t.is(await readFile(file, "utf8"), text);
  t.is(sourcesOf(executed)[1], '// Parameters\nconst size: Size = "large";\nconst terms = [40, 2];\n');
  t.deepEqual(
    executed.cells.map(({ id, metadata }) => [id, metadata]),
    [
      ["cell-0", { tags: ["parameters"] }],
      ["injected-parameters", { tags: ["injected-parameters"] }],
      ["cell-1", {}],
    ],
  );
  t.deepEqual(executed.cells[2]?.outputs, [{ name: "stdout", output_type: "stream", text: ["42\n"] }]);
  await t.throwsAsync(executeNotebook(file, { signal, parameters: { size: "huge" } }), {
    message: /got In\[2\]:2:7 Type '"huge"' is not assignable to type 'Size'\. \(TS2322\); open it/,
  });
});

test("executeNotebook: every value of JSON arrives as it is", async (t) => {
  const { file } = await writeNotebook(t, "const value: unknown = 0;", "console.log(JSON.stringify(value));");
  const value = {
    text: 'a "quoted" `x`\\n, é, \n',
    list: [0, -0.5, 1.5e300, true, null, [], {}],
    "a-b": "1",
  };
  const { cells } = await executeNotebook(file, { signal, parameters: { value } });
  t.deepEqual(cells[2]?.outputs, [
    { name: "stdout", output_type: "stream", text: [`${JSON.stringify(value)}\n`] },
  ]);
});

test("executeNotebook: a cell that throws is told in the kernel's words", async (t) => {
  const { file } = await writeNotebook(
    t,
    "const n = 1;",
    'await Promise.resolve(); throw new TypeError("planted");',
  );
  await t.throwsAsync(executeNotebook(file, { signal }), {
    name: "FailureError",
    message:
      "sums.ipynb must run from its first to its last cell, got TypeError: planted; open it with `.venv/bin/python -m jupyterlab notebooks`, or see `h2t doctor`",
  });
});

test("executeNotebook: interrupted in a busy cell, it leaves no process behind", async (t) => {
  const { file } = await writeNotebook(
    t,
    'const pidFile = "";',
    'import { writeFileSync } from "node:fs";\nwriteFileSync(pidFile, [process.pid, process.ppid].join(" "));\nwhile (true);',
  );
  const folder = path.dirname(file);
  const interruption = new AbortController();
  const execution = executeNotebook(file, {
    signal: interruption.signal,
    parameters: { pidFile: path.join(folder, "pids") },
  });
  for await (const { filename } of watch(folder, { signal: AbortSignal.timeout(60_000) })) {
    if (filename === "pids") break;
  }
  interruption.abort(new Error("planted"));
  await t.throwsAsync(execution, { message: "planted" });
  const pids = (await readFile(path.join(folder, "pids"), "utf8")).split(" ").map(Number);
  t.is(pids.length, 2);
  for (const pid of pids) t.throws(() => process.kill(pid, 0), { code: "ESRCH" }, `process ${pid}`);
});
