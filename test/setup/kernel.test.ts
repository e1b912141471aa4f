import { mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { kernelStep } from "../../src/setup/kernel.ts";

test("kernel: registered with absolute paths, and again after the project moved", (t) => {
  const parent = mkdtempSync(join(tmpdir(), "h2t-kit kernel "));
  t.teardown(() => rmSync(parent, { recursive: true }));
  const specIn = (folder: string) =>
    JSON.parse(readFileSync(join(folder, ".venv/share/jupyter/kernels/tslab/kernel.json"), "utf8"));
  const before = join(parent, "my kit");
  const after = join(parent, "my moved kit");

  t.false(kernelStep(before).isDone());
  kernelStep(before).run();
  t.true(kernelStep(before).isDone());
  t.deepEqual(specIn(before), {
    argv: [
      process.execPath,
      `${before}/node_modules/tslab/bin/tslab`,
      "kernel",
      "--config-path",
      "{connection_file}",
    ],
    display_name: "TypeScript (tslab)",
    language: "typescript",
  });

  renameSync(before, after);
  t.false(kernelStep(after).isDone());
  kernelStep(after).run();
  t.is(specIn(after).argv[1], `${after}/node_modules/tslab/bin/tslab`);
});
