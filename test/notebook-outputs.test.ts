import { readFile } from "node:fs/promises";
import path from "node:path";
import test from "ava";
import { projectFolder } from "../src/setup/project-folder.ts";
import { executeNotebook } from "../src/workflow/execute-notebook.ts";
import { type Notebook, notebookText, readNotebook } from "../src/workflow/notebook.ts";
import { notebookNames } from "../src/workflow/notebook-names.ts";
import { temporaryFolder } from "./support/class-folders.ts";

const fileOf = (name: string) => path.join(projectFolder, "notebooks", `${name}.ipynb`);
const stored = async (name: string) => readNotebook(await readFile(fileOf(name), "utf8"), name);

/** Of an image only its title, which says its numbers: the rest depends on Chromium and its fonts. */
const titleOf = (image: unknown) => /<title>.*?<\/title>/s.exec([image].flat().join(""))?.[0];

/** All that cells show: texts, tables and the figures' own numbers, as lines. */
const shownBy = ({ cells }: Notebook) =>
  JSON.stringify(
    cells.map(({ id, outputs }) => [id, outputs]),
    (key, value) => (key.startsWith("image/") ? titleOf(value) : value),
    1,
  ).split("\n");

const names = (await notebookNames(path.join(projectFolder, "notebooks")))
  // It trains, and what comes of that has another machine's last bits.
  .filter((name) => name !== "00-quickstart");

for (const name of names) {
  test.serial(`${name}.ipynb: executed with the records that ship it shows what is stored`, async (t) => {
    t.timeout(180_000);
    process.env.H2T_RUNS = await temporaryFolder(t);
    const { signal } = new AbortController();
    const executed = notebookText(await executeNotebook(fileOf(name), { signal }));
    const now = shownBy(readNotebook(executed, name));
    const before = shownBy(await stored(name));
    t.deepEqual(
      now.filter((line, i) => line !== before[i]),
      before.filter((line, i) => line !== now[i]),
    );
  });
}
