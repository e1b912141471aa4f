import { setTimeout as delay } from "node:timers/promises";
import test from "ava";
import { cellRunner } from "../../support/run-cells.ts";

const { begin, run, shown, errorOf } = await cellRunner();

/** Begins a cell, waits until it has set `globalThis.begun`, stops it. */
async function stopped(code: string) {
  const { cell, result } = begin(code);
  while (!("begun" in globalThis)) await delay(5);
  Reflect.deleteProperty(globalThis, "begun");
  cell.stop.abort(new DOMException("The cell was stopped", "AbortError"));
  return result;
}

const begun = "Object.assign(globalThis, { begun: true });";

test.serial("interruption: a cell that waits for ever is stopped, and what it declared stays", async (t) => {
  t.deepEqual(await stopped(`const before = 1; ${begun} await new Promise(() => {}); const behind = 2;`), {
    status: "interrupted",
  });
  t.is(await shown("before"), "1");
  t.is((await errorOf("behind")).name, "Type error");
});

test.serial(
  "interruption: a cell that goes on from await to await ends at the next one, its last wishes fulfilled",
  async (t) => {
    const code = `
    const turns = { count: 0, isOver: false };
    try {
      for (;;) {
        turns.count++;
        ${begun}
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    } finally { turns.isOver = true; }`;
    t.deepEqual(await stopped(code), { status: "interrupted" });
    await delay(30);
    const count = await shown("turns.count");
    await delay(30);
    t.is(await shown("turns.count"), count);
    t.is(await shown("turns.isOver"), "true");
  },
);

test.serial("interruption: so does a function of an earlier cell", async (t) => {
  await run(
    "let laps = 0; async function walk() { for (;;) { laps++; await new Promise((r) => setTimeout(r, 5)); } }",
  );
  t.deepEqual(await stopped(`${begun} await walk();`), { status: "interrupted" });
  await delay(30);
  const laps = await shown("laps");
  await delay(30);
  t.is(await shown("laps"), laps);
});

test.serial(
  "interruption: a cell that looks at it ends in its own way and says what it has to say",
  async (t) => {
    const code = `
    const train = async (signal: AbortSignal) => {
      ${begun}
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      await new Promise((resolve) => setTimeout(resolve, 20));
      return "saved";
    };
    const work = train(interruption).then((end) => { throw new Error(end + "; run the cell again to go on"); });
    await work;`;
    const result = await stopped(code);
    t.is(
      result.status === "error" ? result.error.message : result.status,
      "saved; run the cell again to go on",
    );
  },
);

test.serial("interruption: what the signal itself ends is an interruption", async (t) => {
  const code = `import { setTimeout as wait } from "node:timers/promises"; ${begun} await wait(60_000, null, { signal: interruption });`;
  t.deepEqual(await stopped(code), { status: "interrupted" });
});

test.serial("interruption: a cell stopped before it runs does not run", async (t) => {
  const { cell, result } = begin("Object.assign(globalThis, { ran: true });");
  cell.stop.abort();
  t.deepEqual(await result, { status: "interrupted" });
  await delay(100);
  t.false("ran" in globalThis);
});
