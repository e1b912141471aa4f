import path from "node:path";
import test from "ava";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { notebookNames } from "../../src/workflow/notebook-names.ts";
import { pretendStageOne } from "../support/pretend-stage-one.ts";
import { packTinyGlyphs } from "../support/tiny-glyphs.ts";
import { type LabNotebook, textOf } from "./lab-notebook.ts";
import { openNotebook } from "./open-notebook.ts";
import { ShownFigure } from "./shown-figure.ts";
import { storedPoints } from "./stored-points.ts";

const figureNotebooks = (await notebookNames(path.join(projectFolder, "notebooks")))
  .filter((name) => name.startsWith("figure-"))
  .map((name) => `${name}.ipynb`);

let folder: string;
let notebook: LabNotebook;
const endings: (() => Promise<unknown>)[] = [];

test.before(async () => {
  ({ folder, notebook } = await openNotebook(figureNotebooks, (end) => endings.unshift(end)));
});
test.after.always(async () => {
  for (const end of endings) await end();
});
test.afterEach.always(async (t) => {
  await notebook.photograph(t.title.replace(/^.* hook for /, "").replace(/\W+/g, "-"));
  // What did not end is no other test's concern.
  if (!t.passed) await notebook.stop();
});

test.serial("JupyterLab: a cell runs, and its value is shown", async (t) => {
  const cell = await notebook.run('const run = { method: "CE", accuracy: 70.36 };\nrun');
  t.is(await cell.number(), 1);
  t.is(await cell.value(), "{ method: 'CE', accuracy: 70.36 }");
});

test.serial("JupyterLab: Tab lists the members of an earlier cell's value, Enter takes one", async (t) => {
  await notebook.run("const best = { method: 'DR+H2T', accuracy: 77.85 };");
  await notebook.type("best.");
  await notebook.page.keyboard.press("Tab");
  const names = notebook.page.locator(".jp-Completer-match");
  await names.first().waitFor();
  t.deepEqual(await names.allTextContents(), ["accuracy", "method"]);
  await notebook.photograph("completion-list");
  await notebook.page.keyboard.press("Enter");
  await names.first().waitFor({ state: "hidden" });
  const cell = await notebook.start();
  await cell.ended();
  t.is(await cell.value(), "77.85");
});

test.serial("JupyterLab: Shift+Tab tells the type of what is called", async (t) => {
  await notebook.run("/** Adds. */ function sum(first: number, ...others: number[]) { return first; }");
  await notebook.type("sum(");
  await notebook.page.keyboard.press("Shift+Tab");
  const tooltip = notebook.page.locator(".jp-Tooltip");
  await tooltip.waitFor();
  t.is(await textOf(tooltip.locator("pre")), "sum(first: number, ...others: number[]): number");
  await notebook.photograph("inspection");
  await notebook.page.keyboard.press("Escape");
});

test.serial("JupyterLab: a type error shows its place, and nothing runs", async (t) => {
  const cell = await notebook.run('console.log("ran");\nconst accuracy: number = "70.36";');
  t.is(
    await cell.errors(),
    `In[${await cell.number()}]:2:7 Type 'string' is not assignable to type 'number'. (TS2322)
  2 | const accuracy: number = "70.36";
    |       ~~~~~~~~`,
  );
  t.false((await textOf(cell.output)).includes("ran"));
});

test.serial(
  "JupyterLab: an error shows its stack, with places in cells and no escape sequences",
  async (t) => {
    const definition = await notebook.run(
      "function check(ratio: number) {\n  throw new RangeError('got ' + ratio);\n}",
    );
    const cell = await notebook.run("console.log('before');\ncheck(0.01);");
    t.is(
      await cell.errors(),
      `RangeError: got 0.01
    at check (In[${await definition.number()}]:2:9)
    at In[${await cell.number()}]:2:1`,
    );
    t.true((await textOf(cell.output)).startsWith("before"));
  },
);

test.serial("JupyterLab: a data frame is a table", async (t) => {
  const cell = await notebook.run(
    'import { DataFrame } from "danfojs-node";\nnew DataFrame([{ method: "CE", tail: 38.5 }, { method: "DR+H2T", tail: 51 }])',
  );
  const table = cell.output.locator("table");
  t.deepEqual(await table.locator("thead th").allTextContents(), ["", "method", "tail"]);
  t.deepEqual(await table.locator("tbody :is(th, td)").allTextContents(), [
    ...["0", "CE", "38.5"],
    ...["1", "DR+H2T", "51"],
  ]);
});

const figureCell = `import { classGroups, displayClassCounts, longTailedCounts } from "h2t-kit";
const figure = (ratio: number) => {
  const counts = longTailedCounts(500, 100, ratio);
  return displayClassCounts(counts, classGroups(counts, "byIndex"), "CIFAR-100 at ratio " + ratio);
};
`;

test.serial("JupyterLab: a figure is interactive", async (t) => {
  const cell = await notebook.run(`${figureCell}figure(100)`);
  // Plotly lays what it listens by over the bars.
  await cell.output.locator(".bars .point").first().hover({ force: true });
  const label = cell.output.locator(".hoverlayer .hovertext");
  await label.waitFor();
  t.is(await label.textContent(), "class 0: 500 images");
  t.true(await cell.output.locator(".modebar-btn").first().isVisible());
  await cell.output.locator(".legendtoggle").last().click();
  await cell.output.locator(".bars .point").nth(71).waitFor({ state: "detached" });
});

test.serial(
  "JupyterLab: a figure is drawn anew in its place while the cell runs, which then heeds the stop button",
  async (t) => {
    await notebook.type(`${figureCell}const shown = display(figure(1));
for (let ratio = 2; !interruption.aborted; ratio++) {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  shown.update(figure(ratio));
}
"stopped"`);
    const cell = await notebook.start();
    await cell.output.locator(".js-plotly-plot .gtitle", { hasText: /ratio ([3-9]|\d\d)/ }).waitFor();
    t.true(await cell.isRunning());
    t.is(await cell.output.locator(".jp-OutputArea-output").count(), 1);
    await notebook.stop();
    await cell.ended();
    t.is(await cell.value(), "'stopped'");
  },
);

/** Stage II, which has ten epochs in every profile. */
const row = findExperiment("table-1/cifar10/50/dr-h2t@glyphs-10");

test.serial(
  "JupyterLab: training shows its progress and a chart that grows with it; stopped, it says how to go on",
  async (t) => {
    const [data, runs] = [path.join(folder, "data"), path.join(folder, "runs")];
    const { digest } = await packTinyGlyphs(data);
    await pretendStageOne(runs, row.id, { digest, seed: 0 });
    await notebook.type(`import { runRows } from "h2t-kit";
await runRows("${row.id}", "demo", [0], ${JSON.stringify({ data, runs, results: runs })})`);
    const cell = await notebook.start();
    await cell.output.getByText(/█+░+ \d+% {2}epoch \d+\/10/).waitFor();
    // While it trains, an image; two points an epoch, loss and accuracy.
    const chart = cell.output.locator("[data-mime-type='image/svg+xml'] img");
    await chart.waitFor();
    const points = async () =>
      decodeURIComponent((await chart.getAttribute("src")) ?? "").split("<circle").length - 1;
    const before = await points();
    while ((await points()) <= before) await notebook.page.waitForTimeout(100);
    await notebook.photograph("growing-chart");
    t.true(await cell.isRunning());
    t.is(await cell.output.locator(".jp-OutputArea-output").count(), 2);
    await notebook.stop();
    await cell.ended();
    t.regex(
      await cell.errors(),
      /^Interrupted: stopped after \d of 10 epochs of .*, seed 0; run the cell again to resume from there$/,
    );
    await chart.waitFor({ state: "detached" });
    t.true((await cell.output.locator(".js-plotly-plot .scatterlayer .point").count()) > before);
  },
);

test.serial(
  "JupyterLab: the stop button ends an endless loop, and the next cell sees the variables",
  async (t) => {
    await notebook.type("let steps = 0;\nconsole.log('begun');\nfor (;;) steps++;");
    const cell = await notebook.start();
    await cell.output.getByText("begun").waitFor();
    await notebook.stop();
    await cell.ended();
    t.is(await cell.errors(), "Interrupted: the cell was stopped");
    t.is(await (await notebook.run("steps > 1000")).value(), "true");
  },
);

test.serial("JupyterLab: prompt asks in a field below the cell", async (t) => {
  await notebook.type('await prompt("Which method?")');
  const cell = await notebook.start();
  const field = cell.output.locator(".jp-Stdin-input");
  await field.waitFor();
  t.is(await textOf(cell.output.locator(".jp-Stdin-prompt")), "Which method?");
  await notebook.photograph("prompt-field");
  await field.fill("DR+H2T");
  await field.press("Enter");
  await cell.ended();
  t.is(await cell.value(), "'DR+H2T'");
});

test.serial(
  "JupyterLab: Figure 4, drawn anew, is interactive: the numbers of its points are packed",
  async (t) => {
    const cell = await notebook.run(`import { displayFigure, paths, runFigure } from "h2t-kit";
await displayFigure(await runFigure("figure-4", "fullest", [0], paths))`);
    const figure = new ShownFigure(cell.output);
    await figure.draw();
    t.is(await figure.countPoints(), await storedPoints(path.join(folder, "figure-4.ipynb")));
    t.regex(await figure.labelOf(0), /^DR\+MU[a-z]+$/);
  },
);

/** What stands beside a point, by notebook. */
const labels: Readonly<Record<string, RegExp>> = {
  "figure-1b.ipynb": /^true class \d \([a-z]+\), label [a-z]+: [\d.,]+k? images$/,
  "figure-2.ipynb": /^\S.*/,
  "figure-3.ipynb": /^pair \d–\d, w.*: ‖w‖ cos θ = −?\d\.\d{3}; the inequality holds in \d+ % of draws$/,
  "figure-4.ipynb": /^DR\+MU[a-z]+$/,
  "figure-5.ipynb": /^p = 0Head, one seed: \d\d\.\d\d %$/,
  "figure-s1.ipynb": /^p = 0\.0[a-z]+$/,
};

for (const file of figureNotebooks) {
  test.serial(`JupyterLab: ${file} opens with its figure, whose points say their numbers`, async (t) => {
    const figure = new ShownFigure(await notebook.openBeside(file));
    await figure.draw();
    t.is(await figure.countPoints(), await storedPoints(path.join(folder, file)));
    t.regex(await figure.labelOf(0), labels[file] ?? /^$/);
  });
}
