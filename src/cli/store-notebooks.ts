import path from "node:path";
import { projectFolder } from "../setup/project-folder.ts";
import { storeFile } from "../store-file.ts";
import { executeNotebook } from "./execute-notebook.ts";
import { notebookText } from "./notebook.ts";
import { notebookNames } from "./notebook-names.ts";

const folder = path.join(projectFolder, "notebooks");
const { signal } = new AbortController();

// `npm run notebooks`: executes the kit's own notebooks and stores the outputs in them, for whoever maintains the kit.
for (const name of await notebookNames(folder)) {
  const file = path.join(folder, `${name}.ipynb`);
  const text = notebookText(await executeNotebook(file, { signal }));
  await storeFile(file, text);
  process.stdout.write(`notebooks/${name}.ipynb: ${Math.ceil(text.length / 1000)} kB stored.\n`);
}
