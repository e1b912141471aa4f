import { createRequire } from "node:module";
import test from "ava";
import { notebookOutput } from "../../src/cli/notebook-output.ts";

test("notebookOutput: one display with the results so far and the latest progress", (t) => {
  // A variable of tslab's, which its kernel sets before it runs a cell.
  const jupyter = createRequire(import.meta.url)("tslab/dist/jupyter.js");
  const sent: { text: string; html: string; id: string; update: boolean }[] = [];
  jupyter.lastWriteDisplayData = (
    { data, transient }: { data: Record<string, string>; transient: { display_id: string } },
    update: boolean,
  ) =>
    sent.push({
      text: data["text/plain"] ?? "",
      html: data["text/html"] ?? "",
      id: transient.display_id,
      update,
    });
  t.teardown(() => {
    jupyter.lastWriteDisplayData = null;
  });
  const { write, writeError } = notebookOutput();
  writeError("epoch 1 of 2\n");
  writeError("epoch 2 of 2\n");
  write("first row: 40%\n");
  writeError("epoch 1 of 3\n");
  write("second row: <50%\n");
  t.deepEqual(
    sent.map(({ text, update }) => [text, update]),
    [
      ["epoch 1 of 2", false],
      ["epoch 2 of 2", true],
      ["first row: 40%", true],
      ["first row: 40%\nepoch 1 of 3", true],
      ["first row: 40%\nsecond row: <50%", true],
    ],
  );
  t.is(new Set(sent.map(({ id }) => id)).size, 1);
  t.regex(sent.at(-1)?.html ?? "", /^<pre .*>first row: 40%\nsecond row: &lt;50%<\/pre>$/s);
});
