import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import test from "ava";
import { chromium } from "playwright-core";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { accuracyByRatio } from "../../../src/report/figures/accuracy-by-ratio.ts";
import { figureToHtml } from "../../../src/report/figures/figure-to-html.ts";
import { findBrowser } from "../../../src/report/find-browser.ts";
import { plotlyScriptFile } from "../../../src/report/plotly-script.ts";
import { temporaryFolder } from "../../support/class-folders.ts";
import { madeUpRecord } from "../../support/made-up-record.ts";

const figure = accuracyByRatio({
  records: [
    madeUpRecord(findExperiment("figure-5/0.3"), {
      accuracy: { head: 0.6, medium: 0.5, tail: 0.25, all: 0.48 },
    }),
  ],
  analyses: [],
  profile: "paper",
});

test("figureToHtml: opened offline on a phone it draws without an error, fits, and answers to the pointer", async (t) => {
  const file = path.join(await temporaryFolder(t), "figure.html");
  await writeFile(file, figureToHtml(figure, await readFile(plotlyScriptFile(), "utf8")));
  const browser = await chromium.launch({ executablePath: findBrowser() ?? "chromium" });
  t.teardown(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 390, height: 844 }, offline: true });
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) complaints.push(request.url());
  });
  await page.goto(pathToFileURL(file).href);
  await page.locator(".scatterlayer .point").first().hover({ force: true });
  const label = page.locator(".hoverlayer .hovertext");
  await label.waitFor();
  t.is(await label.textContent(), "p = 0.3Head, ours: 60.00 %");
  t.is(await page.locator("h1").textContent(), figure.title);
  t.is(await page.locator("figcaption").textContent(), figure.caption);
  t.is(await page.locator(".plot").getAttribute("aria-label"), figure.altText);
  t.is(await page.evaluate("document.documentElement.scrollWidth"), 390, "nothing is wider than the phone");
  t.deepEqual(complaints, []);
});
