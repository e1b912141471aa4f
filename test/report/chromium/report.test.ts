import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import test from "ava";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { madeUpAnalysis } from "../../support/made-up-analysis.ts";
import { madeUpRecord } from "../../support/made-up-record.ts";
import { photograph, ReportInBrowser } from "./report-in-browser.ts";

const accuracy = { head: 0.6, medium: 0.5, tail: 0.25, all: 0.48 };
const seeds = [0, 1, 2];
const ofRow = (id: string) =>
  seeds.map((seed) =>
    madeUpRecord(findExperiment(id), { accuracy: { ...accuracy, all: 0.48 + seed / 100 }, seed }),
  );
const analysed = madeUpRecord(findExperiment("table-1/cifar10/100/ce"), { accuracy });
const records = [
  analysed,
  ...[
    "table-5/ce",
    "table-5/dr",
    "table-5/bs-is",
    "table-1/cifar10/100/dr-h2t",
    "frozen/cifar10/100/dr",
  ].flatMap(ofRow),
  madeUpRecord(findExperiment("table-5/bs-is@glyphs-10"), { accuracy, profile: "demo", origin: "generated" }),
];

/** Of 10 test images of each class, one fewer is right the rarer the class is; the others count as the first. */
const confusion = Array.from({ length: 10 }, (_, c) =>
  Array.from({ length: 10 }, (_, label) => (label === c ? 10 - c : 0) + (label === 0 ? c : 0)),
);

let report: ReportInBrowser;
let wide: Page;
let phone: Page;

test.before(async () => {
  report = await ReportInBrowser.start({
    records,
    analyses: [madeUpAnalysis(analysed.record.runId, { confusion })],
    version: "0.1.0",
  });
  [wide, phone] = [await report.open(1280), await report.open(390)];
  await photograph(wide, "report-1280");
  await photograph(phone, "report-390");
});
test.after.always(() => report?.end());

/** One cell of ours: BS+IS over all classes. */
const cellOf = (page: Page) =>
  page.locator("#table-5-paper tr", { hasText: "BS+IS" }).locator("td.yours").last();
const panelOf = (page: Page) => page.locator("#origin");
const setOpen = (page: Page, open: boolean) =>
  page.evaluate(`for (const details of document.querySelectorAll("details")) details.open = ${open};`);

test.serial("report page: every figure is drawn, and tells a number when it is pointed at", async (t) => {
  await setOpen(wide, true);
  const plots = wide.locator(".plot");
  const count = await plots.count();
  t.true(count >= 3);
  for (let i = 0; i < count; i++) {
    await plots.nth(i).scrollIntoViewIfNeeded();
    await plots.nth(i).locator(".main-svg").first().waitFor();
  }
  const chart = wide.locator("#chart-table-5-paper");
  await chart.scrollIntoViewIfNeeded();
  // Plotly lays what it listens by over the bars.
  await chart.locator(".bars .point").last().hover({ force: true });
  const label = chart.locator(".hoverlayer .hovertext");
  await label.waitFor();
  t.is(await label.textContent(), "BS+ISAll, ours: 49.00 %");
});

test.serial(
  "report page: a click on a number shows where it comes from, line by line; Escape ends it",
  async (t) => {
    const cell = cellOf(wide);
    await cell.click();
    const panel = panelOf(wide);
    await panel.waitFor();
    const [run] = ofRow("table-5/bs-is");
    const labels = await panel.locator("dt").allTextContents();
    t.deepEqual(labels, [
      ...[
        "Row",
        "Seed 0",
        "Seed 1",
        "Seed 2",
        "Unit",
        "Paired with",
        "Images",
        "Commit",
        "Machine",
        "Versions",
      ],
      ...["Wall time", "Started"],
    ]);
    const values = await panel.locator("dd").allTextContents();
    t.is(values[0], "table-5/bs-is");
    t.is(values[1], `48.00 at epoch 7, run ${run?.record.runId}`);
    t.is(values[4], "three stages I");
    t.is(values[5], "table-5/dr, 3 pairs");
    // Beside its cell, and whole in the window.
    const [box, place] = [await panel.boundingBox(), await cell.boundingBox()];
    t.true(box !== null && place !== null && box.x >= 0 && box.x + box.width <= 1280);
    await wide.keyboard.press("Escape");
    t.false(await panel.isVisible());
  },
);

test.serial(
  "report page: a number that is pointed at shows the same, until the pointer leaves",
  async (t) => {
    await wide.locator("h1").hover();
    await cellOf(wide).hover();
    const panel = panelOf(wide);
    await panel.waitFor();
    t.is(await panel.locator("dd").first().textContent(), "table-5/bs-is");
    await wide.locator("h1").hover();
    await panel.waitFor({ state: "hidden" });
    t.false(await panel.isVisible());
  },
);

test.serial(
  "report page: Tab leads into a table, arrow keys from cell to cell, Enter shows where a number comes from",
  async (t) => {
    const table = wide.locator("#table-5-paper table");
    t.is(await table.locator("[tabindex='0']").count(), 1);
    await table.locator("[tabindex='0']").focus();
    await wide.keyboard.press("ArrowRight");
    for (let i = 0; i < 4; i++) await wide.keyboard.press("ArrowDown");
    await wide.keyboard.press("Enter");
    const panel = panelOf(wide);
    t.is(await panel.locator("dd").first().textContent(), "table-5/bs-is");
    await wide.keyboard.press("ArrowLeft");
    t.is(await panel.locator("dd").first().textContent(), "Re-run by the paper's authors.");
    await wide.keyboard.press("Enter");
    t.false(await panel.isVisible());
  },
);

test.serial(
  "report page: at 390 px nothing but a table's own box scrolls sideways, and the methods stay in view",
  async (t) => {
    const widths = await phone.evaluate("[document.documentElement.scrollWidth, innerWidth]");
    t.deepEqual(widths, [390, 390]);
    const box = phone.locator("#table-5-paper .scroll").first();
    await box.scrollIntoViewIfNeeded();
    const name = box.locator("tbody th[scope=row]").first();
    const before = await name.boundingBox();
    const moved = await phone.evaluate(
      `{ const box = document.querySelector("#table-5-paper .scroll"); box.scrollLeft = 100; box.scrollLeft; }`,
    );
    t.is(moved, 100);
    const after = await name.boundingBox();
    t.is(after?.x, before?.x);
    // The method and at least two columns of numbers beside it.
    t.true(before !== null && before.width >= 80 && before.width <= 390 / 2);
  },
);

test.serial(
  "report page: a table wider than its box says that it scrolls, a narrower one does not",
  async (t) => {
    const hint = (page: Page) => page.locator("#table-5-paper .scroll + .hint").first();
    await phone.evaluate(`document.querySelector("#table-5-paper .scroll").scrollLeft = 0`);
    await hint(phone).waitFor();
    t.true(await hint(phone).isVisible());
    t.false(await hint(wide).isVisible());
  },
);

test.serial("report page: a switch shows the columns and rows without a number of ours", async (t) => {
  const table = wide.locator("#table-1-cifar10-paper");
  const column = table.getByText("ratio 200", { exact: true });
  t.false(await column.isVisible());
  await table.locator(".show-all input").check();
  t.true(await column.isVisible());
  await table.locator(".show-all input").uncheck();
});

test.serial(
  "report page: in dark mode the page and its figures are dark, and light again after it",
  async (t) => {
    const colours = () =>
      wide.evaluate<[string, string]>(`[
      getComputedStyle(document.body).backgroundColor,
      document.querySelector("#gains .main-svg").style.background,
    ]`);
    await wide.locator("#gains").scrollIntoViewIfNeeded();
    await wide.locator("#gains .main-svg").first().waitFor();
    t.deepEqual(await colours(), ["rgb(255, 255, 255)", "rgb(255, 255, 255)"]);
    await wide.emulateMedia({ colorScheme: "dark" });
    await wide.waitForFunction(`document.querySelector("#gains").dataset.drawn === "dark"`);
    t.deepEqual(await colours(), ["rgb(21, 24, 28)", "rgb(21, 24, 28)"]);
    await wide.emulateMedia({ colorScheme: "light" });
    await wide.waitForFunction(`document.querySelector("#gains").dataset.drawn === "light"`);
  },
);

test.serial("report page: at 390 px no text is smaller than 12 px", async (t) => {
  const small = await phone.evaluate(`[...document.querySelectorAll("body *")]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
    .filter((element) => element.checkVisibility() && !element.closest("script, style"))
    .map((element) => [Number.parseFloat(getComputedStyle(element).fontSize), element.textContent])
    .filter(([size]) => size < 12)`);
  t.deepEqual(small, []);
});

test.serial(
  "report page: at 390 px a tap shows where a number comes from at the window's lower edge",
  async (t) => {
    await cellOf(phone).click();
    const panel = panelOf(phone);
    await panel.waitFor();
    const box = await panel.boundingBox();
    t.deepEqual([box?.x, box?.width, Math.round((box?.y ?? 0) + (box?.height ?? 0))], [0, 390, 900]);
    await panel.locator("button").click();
    t.false(await panel.isVisible());
  },
);

test.serial("report page: a link to a folded table unfolds it", async (t) => {
  await setOpen(wide, false);
  const table = wide.locator("#table-1-cifar10-100-paper table");
  t.false(await table.isVisible());
  await wide.evaluate(`location.hash = "table-1-cifar10-100-paper"`);
  await table.waitFor();
  t.true(await table.isVisible());
});

for (const [width, colorScheme] of [
  [1280, "light"],
  [390, "light"],
  [1280, "dark"],
] as const) {
  test.serial(
    `report page: axe finds nothing against WCAG 2 A and AA at ${width} px, ${colorScheme}`,
    async (t) => {
      const page = width === 390 ? phone : wide;
      await page.emulateMedia({ colorScheme });
      const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
      await setOpen(page, true);
      await cellOf(page).click();
      await page.evaluate(await readFile(axe, "utf8"));
      const { violations, passes } = await page.evaluate<AxeResults>(
        `axe.run({ runOnly: ["wcag2a", "wcag2aa"] })`,
      );
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
      t.deepEqual(found, []);
      const checked = passes.map(({ id }) => id);
      for (const rule of ["color-contrast", "document-title", "html-has-lang"])
        t.true(checked.includes(rule), rule);
    },
  );
}

test.serial("report page: loads without network, and nothing complains", (t) => {
  t.deepEqual(report.complaints, []);
});
