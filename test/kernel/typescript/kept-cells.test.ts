import test from "ava";
import { KeptCells } from "../../../src/kernel/typescript/compiler/kept-cells.ts";
import { NotebookCompiler } from "../../../src/kernel/typescript/compiler/notebook-compiler.ts";
import { notebookFolder } from "../../support/run-cells.ts";

test("cells: one that no live name leads to is let go, what others are made of stays", (t) => {
  const kept = new KeptCells();
  kept.add({ cell: "1", file: "1.ts", uses: [] });
  kept.add({ cell: "2", file: "2.ts", uses: ["1"] });
  kept.add({ cell: "3", file: "3.ts", uses: [] });
  t.deepEqual(kept.release(["2"]), ["3.ts"]);
  t.deepEqual(kept.release(["2"]), []);
  t.deepEqual(kept.release([]), ["1.ts", "2.ts"]);
});

test("cells: types of names that were declared anew stay for what was made of them", (t) => {
  const compiler = new NotebookCompiler(notebookFolder());
  let count = 0;
  const messageOf = (code: string) => {
    const compilation = compiler.compile(code, ++count);
    if ("error" in compilation) return compilation.error.message;
    compiler.keep(compilation.cell.cell, []);
    return undefined;
  };
  t.is(messageOf("class Box { a = 1 } const box = new Box();"), undefined);
  t.is(messageOf("const inner = box;"), undefined);
  t.is(messageOf("class Box { b = 2 } const box = 5;"), undefined);
  t.is(messageOf("inner.a.toFixed();"), undefined);
  t.is(
    messageOf("inner.b"),
    "In[5]:1:7 Property 'b' does not exist on type 'In[1].Box'.".replace("'In[1].Box'", "'Box'") +
      " (TS2339)",
  );
  t.is(messageOf("declare global { interface Everybody { x: number } } const inner = 1;"), undefined);
  t.is(messageOf("const inner = 2;"), undefined);
  t.is(messageOf("({ x: 1 }) satisfies Everybody;"), undefined);
});
