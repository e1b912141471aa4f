import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import test from "ava";
import { type Browser, chromium, type Page } from "playwright-core";
import sharp from "sharp";
import { findBrowser } from "../src/report/find-browser.ts";
import { projectFolder } from "../src/setup/project-folder.ts";
import { venvPython } from "../src/setup/python-packages.ts";
import { readNotebook } from "../src/workflow/notebook.ts";
import { notebookNames } from "../src/workflow/notebook-names.ts";

const notebooks = path.join(projectFolder, "notebooks");
const names = await notebookNames(notebooks);
const fileOf = (name: string) => path.join(notebooks, `${name}.ipynb`);

let folder: string;
let browser: Browser;
let page: Page;

test.before("every notebook as nbconvert's page, and a browser without network", async () => {
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    throw new Error("this test drives Chromium, got none in PATH; type: sudo apt install chromium");
  }
  folder = await mkdtemp(path.join(tmpdir(), "h2t-pages-"));
  const args = ["-m", "nbconvert", "--to=html", `--output-dir=${folder}`, ...names.map(fileOf)];
  await promisify(execFile)(venvPython(projectFolder), args);
  browser = await chromium.launch({ executablePath });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, offline: true });
  page = await context.newPage();
});
test.after.always(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

for (const name of names) {
  test.serial(`${name}.ipynb: its page shows the static image of each figure`, async (t) => {
    const { cells } = readNotebook(await readFile(fileOf(name), "utf8"), name);
    const stored = JSON.stringify(cells);
    t.false(stored.includes("No static image"), "drawn without Chromium");
    const figures = stored.split('"application/vnd.plotly.v1+json":').length - 1;
    await page.goto(pathToFileURL(path.join(folder, `${name}.html`)).href);
    const images = page.locator(".jp-OutputArea-output img");
    t.is(await images.count(), figures);
    for (const image of await images.all()) {
      const box = await image.boundingBox();
      t.true(box !== null && box.width >= 500 && box.height >= 200, JSON.stringify(box));
      const { channels } = await sharp(await image.screenshot()).stats();
      // A blank one has 0, the sparsest of figures, two curves, 25.
      for (const { stdev } of channels.slice(0, 3)) t.true(stdev > 10, "something is drawn");
    }
  });
}
