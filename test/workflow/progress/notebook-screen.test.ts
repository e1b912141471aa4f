import { createRequire } from "node:module";
import { setTimeout as delay } from "node:timers/promises";
import test from "ava";
import { notebookScreen } from "../../../src/workflow/progress/notebook-screen.ts";

/** Longer than one state is shown for. */
const pause = () => delay(550);

/** What a screen shows below a cell for progress and results. */
async function showAll({ output, newBar, end }: ReturnType<typeof notebookScreen>): Promise<void> {
  output.writeError("glyphs-10 is drawn once:\n");
  const show = newBar?.();
  show?.({ done: 1, total: 8, title: "first, seed 0", text: "not seen, as the next one follows at once" });
  await pause();
  show?.({ done: 2, total: 8, title: "first, seed 0", text: "epoch 3" });
  output.write("first row: 40%\n");
  output.write("second row: <50%\n");
  end();
}

const texts = [
  "glyphs-10 is drawn once:",
  `first, seed 0\n${"█".repeat(10)}${"░".repeat(30)} 25%  epoch 3`,
  "first row: 40%\nsecond row: <50%",
];
const html = /^<pre .*>first row: 40%\nsecond row: &lt;50%<\/pre>$/s;

test.serial(
  "notebookScreen: in our kernel, one display with the results so far and what happens now",
  async (t) => {
    const sent: { bundle: Record<string, string>; id: string; update: boolean }[] = [];
    const display = (value: object, options: { id: string; update: boolean }) =>
      sent.push({ bundle: Reflect.get(value, Symbol.for("Jupyter.display"))(), ...options });
    Reflect.set(globalThis, "display", display);
    t.teardown(() => void Reflect.deleteProperty(globalThis, "display"));
    await showAll(notebookScreen());
    t.deepEqual(
      sent.map(({ bundle }) => bundle["text/plain"]),
      texts,
    );
    t.deepEqual(
      sent.map(({ update }) => update),
      [false, true, true],
    );
    t.is(new Set(sent.map(({ id }) => id)).size, 1);
    t.regex(sent.at(-1)?.bundle["text/html"] ?? "", html);
  },
);

test.serial("notebookScreen: in stock tslab, the same", async (t) => {
  // A variable of tslab's, which its kernel sets before it runs a cell.
  const jupyter = createRequire(import.meta.url)("tslab/dist/jupyter.js");
  const sent: { text: string | undefined; id: string; update: boolean }[] = [];
  jupyter.lastWriteDisplayData = (
    { data, transient }: { data: Record<string, string>; transient: { display_id: string } },
    update: boolean,
  ) => sent.push({ text: data["text/plain"], id: transient.display_id, update });
  t.teardown(() => {
    jupyter.lastWriteDisplayData = null;
  });
  await showAll(notebookScreen());
  const [first] = sent;
  t.deepEqual(
    sent,
    texts.map((text, i) => ({ text, id: first?.id ?? "", update: i > 0 })),
  );
});
