import { writeFile } from "node:fs/promises";
import path from "node:path";
import test from "ava";
import { Processes } from "../../bench/processes.ts";
import { pythonWithPyTorch } from "../../bench/pytorch.ts";
import { FailureError, UsageError } from "../../src/errors.ts";
import { temporaryFolder } from "../support/class-folders.ts";

const size =
  "several GB where pip chooses a build for NVIDIA GPUs, as on most Linux machines; a build for processors has 0.2 GB";
const remedy =
  "add --yes to install it, --python PATH to use an interpreter that has it, or --no-pytorch to leave it out";

test("benchmark: PyTorch is not installed unless somebody says so", async (t) => {
  const venv = path.join(await temporaryFolder(t), "venv");
  const refused = (options: Partial<Parameters<typeof pythonWithPyTorch>[0]>) =>
    t.throwsAsync(pythonWithPyTorch({ venv, yes: false, ...options }, new Processes()), {
      instanceOf: UsageError,
    });
  const rule = `PyTorch is installed into bench/.venv only with your consent (${size})`;
  t.is((await refused({}))?.message, `${rule}, got no terminal to ask on; ${remedy}`);
  const questions: string[] = [];
  const ask = async (question: string) => questions.push(question) < 0;
  t.is((await refused({ ask }))?.message, `${rule}, got a no; ${remedy}`);
  t.deepEqual(questions, [`PyTorch is missing. Install torch==2.13.0 into bench/.venv (${size})?`]);
});

test("benchmark: a named interpreter without PyTorch is told, in its own words where it has any", async (t) => {
  const python = path.join(await temporaryFolder(t), "python");
  const isRefused = async (fault: string) => {
    const error = await t.throwsAsync(pythonWithPyTorch({ python, yes: true }, new Processes()), {
      instanceOf: FailureError,
    });
    t.is(
      error?.message,
      `the interpreter of --python must import torch, got ${python}: ${fault}; install it there with \`${python} -m pip install torch==2.13.0\`, or leave out --python`,
    );
  };
  await isRefused(`spawnSync ${python} ENOENT`);
  await writeFile(python, "#!/bin/sh\nexit 3\n", { mode: 0o755 });
  await isRefused("exit status 3");
  await writeFile(python, "#!/bin/sh\necho first >&2\necho last >&2\nexit 3\n");
  await isRefused("last");
});
