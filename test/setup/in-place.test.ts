import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import test from "ava";
import { addonFile, addonStep } from "../../src/setup/addon.ts";
import { isDistFresh } from "../../src/setup/dist.ts";
import { kernelSpec, kernelStep } from "../../src/setup/kernel.ts";
import { ownPackageStep } from "../../src/setup/own-package.ts";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { findTensorFlow, pythonPackagesStep, venvPython } from "../../src/setup/python-packages.ts";

const remedy = "type: npm run setup";

for (const makeStep of [pythonPackagesStep, addonStep, ownPackageStep, kernelStep]) {
  const step = makeStep(projectFolder);
  test(`set-up: ${step.name} in place, so another run does nothing`, (t) => {
    t.true(step.isDone(), remedy);
  });
}

test("set-up: dist/ is made from the present sources", (t) => {
  t.true(isDistFresh(projectFolder), remedy);
});

test("addon: finds TensorFlow from its own place, so the project may move", (t) => {
  const bytes = readFileSync(join(projectFolder, addonFile), "latin1");
  t.true(bytes.includes(`\0$ORIGIN/../../../../../${findTensorFlow(projectFolder)}\0`));
  t.false(bytes.includes(projectFolder));
});

test("package: code in notebooks/ that imports h2t-kit gets dist/, through node_modules too", (t) => {
  const dist = join(realpathSync(projectFolder), "dist/index.js");
  t.is(createRequire(join(projectFolder, "notebooks/cell.js")).resolve("h2t-kit"), dist);
  t.is(realpathSync(join(projectFolder, "node_modules/h2t-kit/dist/index.js")), dist);
});

test("kernels: the Jupyter of .venv knows them and starts them with this Node", (t) => {
  const names = ["h2t-ts", "h2t-tslab", "tslab"] as const;
  const script = `
from jupyter_client.kernelspec import get_kernel_spec
import json
print(json.dumps([get_kernel_spec(name).argv for name in ${JSON.stringify(names)}]))`;
  const found = JSON.parse(execFileSync(venvPython(projectFolder), ["-c", script], { encoding: "utf8" }));
  t.deepEqual(
    found,
    names.map((name) => JSON.parse(kernelSpec(projectFolder, name)).argv),
  );
  for (const [node] of found) t.is(node, process.execPath);
});

test("JupyterLab: starts without complaint about its scripts, though the project holds ES modules", (t) => {
  const { status, stdout, stderr } = spawnSync(venvPython(projectFolder), ["-m", "jupyterlab", "--version"], {
    encoding: "utf8",
  });
  t.is(status, 0);
  t.regex(stdout, /^4\.\d+\.\d+\n$/);
  t.is(stderr, "");
});
