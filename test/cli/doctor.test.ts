import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import test from "ava";
import { checkBrowser } from "../../src/cli/checks/browser.ts";
import { checkDatasets } from "../../src/cli/checks/datasets.ts";
import { checkEngine } from "../../src/cli/checks/engine.ts";
import { checkSetUp } from "../../src/cli/checks/set-up.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { run } from "../support/run-command-line.ts";
import { packTinyGlyphs } from "../support/tiny-glyphs.ts";

test("h2t doctor: a damaged data set is marked, with what mends it, and the status is 1", async (t) => {
  const data = await temporaryFolder(t);
  await packTinyGlyphs(data);
  await mkdir(path.join(data, "cifar10"));
  await writeFile(path.join(data, "cifar10", "manifest.json"), "{");
  const { status, printed, errors } = await run("doctor", "--data", data);
  t.is(status, 1);
  t.regex(printed, /^✔ Node +\d+\.\d+\.\d+\n/);
  t.regex(printed, /\n✔ Engine +TensorFlow \d+\.\d+\.\d+ on the (C|G)PU, \d+ threads, oneDNN (on|off)\n/);
  t.true(
    printed.includes(
      `\n✘ cifar10              a damaged pack; remove ${path.join(data, "cifar10")} and repeat: h2t data cifar10\n`,
    ),
  );
  t.regex(printed, /\n– cifar100 +not packed; h2t data cifar100\n/);
  t.regex(printed, /\n– tiny-imagenet-32 +not packed; h2t data tiny-imagenet-32 --from PATH\n/);
  t.regex(printed, /\n✔ glyphs-10 +500 \+ 20 images, generated; 0 disc, .*, 9 pill\n/);
  t.regex(
    errors,
    /^h2t: the kit needs everything that is marked ✘, got \d missing; type the commands beside them, from the top\n$/,
  );
});

test("checkSetUp: in an empty folder all is missing but Node", async (t) => {
  const [node, ...others] = checkSetUp(await temporaryFolder(t));
  t.deepEqual(node, { name: "Node", status: "found", detail: process.versions.node });
  t.deepEqual(
    others.map(({ name, status, remedy }) => [name, status, remedy]),
    ["Python packages", "TensorFlow.js addon", "package link", "dist/", "Jupyter kernels"].map((name) => [
      ...[name, "missing", "npm run setup"],
    ]),
  );
});

test("checkDatasets: no data set is needed", async (t) => {
  const findings = await checkDatasets(await temporaryFolder(t));
  t.is(findings.length, 5);
  t.true(findings.every(({ status }) => status === "absent"));
});

test("checkEngine: finds the engine of this machine", async (t) => {
  t.is((await checkEngine()).status, "found");
});

test("checkBrowser: looks along the search path", async (t) => {
  const folder = await temporaryFolder(t);
  t.is(checkBrowser(folder).status, "absent");
  await writeFile(path.join(folder, "chromium"), "");
  t.deepEqual(checkBrowser(`/nowhere:${folder}`), {
    name: "Browser",
    status: "found",
    detail: path.join(folder, "chromium"),
  });
});
