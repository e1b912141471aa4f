import { readFileSync } from "node:fs";
import test from "ava";
import { type KernelName, kernelSpec, kernelSpecFile, kernelStep } from "../../src/setup/kernel.ts";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { run } from "../support/run-command-line.ts";

const lineOf = (name: KernelName) => `${name} ${kernelSpecFile(projectFolder, name)}\n`;

test("h2t kernel install: registers every kernel and says where", async (t) => {
  const { status, printed } = await run("kernel", "install");
  t.is(status, 0);
  t.is(printed, lineOf("h2t-ts") + lineOf("h2t-tslab") + lineOf("tslab"));
  t.true(kernelStep(projectFolder).isDone(), "as doctor asks");
  const spec = readFileSync(kernelSpecFile(projectFolder, "h2t-ts"), "utf8");
  t.is(spec, `${kernelSpec(projectFolder, "h2t-ts")}\n`);
});

test("h2t kernel install: one engine, by its name", async (t) => {
  t.is((await run("kernel", "install", "--engine", "tslab")).printed, lineOf("h2t-tslab"));
  const { status, errors } = await run("kernel", "install", "--engine", "tslap");
  t.is(status, 2);
  t.is(errors, 'h2t: --engine must be one of own, tslab, got "tslap"; did you mean tslab?\n');
});
