import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { findBrowser } from "../../src/report/find-browser.ts";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { startJupyterLab } from "./jupyter-lab.ts";
import { LabNotebook } from "./lab-notebook.ts";

const empty = {
  ...{ cells: [], nbformat: 4, nbformat_minor: 5 },
  metadata: { kernelspec: { name: "h2t-ts", display_name: "TypeScript", language: "typescript" } },
};

/**
 * Opens an empty notebook in a JupyterLab and a browser of its own.
 *
 * @param beside - the kit's own notebooks to lay beside it.
 * @param atEnd - takes what ends what was begun; the last one is to come first.
 * @returns the notebook and the folder that it lies in.
 */
export async function openNotebook(beside: readonly string[], atEnd: (end: () => Promise<unknown>) => void) {
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    throw new Error("this test drives Chromium, got none in PATH; type: sudo apt install chromium");
  }
  const folder = await mkdtemp(path.join(tmpdir(), "h2t-lab-"));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  await writeFile(path.join(folder, "test.ipynb"), JSON.stringify(empty));
  for (const file of beside)
    await copyFile(path.join(projectFolder, "notebooks", file), path.join(folder, file));
  const lab = await startJupyterLab(folder);
  atEnd(lab.stop);
  const browser = await chromium.launch({ executablePath });
  atEnd(() => browser.close());
  return { folder, notebook: await LabNotebook.open(browser, lab.url, "test.ipynb") };
}
