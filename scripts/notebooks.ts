import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { variable } from "../src/setup/environment.ts";
import { projectFolder } from "../src/setup/project-folder.ts";
import { storeFile } from "../src/storage/store-file.ts";
import { executeNotebook } from "../src/workflow/execute-notebook.ts";
import { notebookText } from "../src/workflow/notebook.ts";
import { notebookNames } from "../src/workflow/notebook-names.ts";

const folder = path.join(projectFolder, "notebooks");
const { signal } = new AbortController();
const names = process.argv.slice(2);

// `npm run notebooks`: executes the kit's own notebooks and stores the outputs in them; `npm run notebooks -- table-1` that one
// alone. Each sees the shipped records and no others, as in a fresh clone, unless H2T_RUNS says where more lie.
const given = variable("H2T_RUNS");
const runs = await mkdtemp(path.join(tmpdir(), "h2t-notebooks-"));
try {
  for (const name of await notebookNames(folder, names.length > 0 ? names : undefined)) {
    process.env.H2T_RUNS = given ?? path.join(runs, name);
    const start = performance.now();
    const file = path.join(folder, `${name}.ipynb`);
    const text = notebookText(await executeNotebook(file, { signal }));
    await storeFile(file, text);
    const seconds = Math.round((performance.now() - start) / 1000);
    process.stdout.write(
      `notebooks/${name}.ipynb: ${Math.ceil(text.length / 1000)} kB stored after ${seconds} s.\n`,
    );
  }
} finally {
  await rm(runs, { recursive: true, force: true });
}
