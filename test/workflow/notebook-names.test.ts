import path from "node:path";
import test from "ava";
import { notebookNames } from "../../src/workflow/notebook-names.ts";
import { temporaryFolder, writeFiles } from "../support/class-folders.ts";

test("notebookNames: sorted, only those asked for, none where there is no folder", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, { "table-5.ipynb": "", "00-quickstart.ipynb": "", "readme.md": "" });
  t.deepEqual(await notebookNames(folder), ["00-quickstart", "table-5"]);
  t.deepEqual(await notebookNames(folder, ["table-5", "table-1"]), ["table-5"]);
  t.deepEqual(await notebookNames(path.join(folder, "nowhere")), []);
});
