import { mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { type KernelName, kernelSpecFile, kernelStep } from "../../src/setup/kernel.ts";

test("kernels: registered with absolute paths, and again after the project moved", (t) => {
  const parent = mkdtempSync(join(tmpdir(), "h2t-kit kernel "));
  t.teardown(() => rmSync(parent, { recursive: true }));
  const specIn = (folder: string, name: KernelName) =>
    JSON.parse(readFileSync(kernelSpecFile(folder, name), "utf8"));
  const before = join(parent, "my kit");
  const after = join(parent, "my moved kit");

  t.false(kernelStep(before).isDone());
  kernelStep(before).run();
  t.true(kernelStep(before).isDone());
  for (const [name, engine, display_name, language] of [
    ["h2t-ts", "own", "TypeScript (h2t-kit)", "typescript"],
    // Not TypeScript: jupytext takes any kernel of a notebook's language.
    ["h2t-tslab", "tslab", "TypeScript (tslab in h2t-kit)", "tslab"],
  ] as const) {
    t.deepEqual(specIn(before, name), {
      argv: [
        ...[process.execPath, "--no-force-async-hooks-checks", `${before}/dist/kernel/main.js`],
        ...["--engine", engine, "{connection_file}"],
      ],
      ...{ display_name, language, interrupt_mode: "message" },
      env: { TSX_DISABLE_CACHE: "1" },
    });
  }
  t.deepEqual(specIn(before, "tslab"), {
    argv: [
      process.execPath,
      `${before}/node_modules/tslab/bin/tslab`,
      ...["kernel", "--config-path"],
      "{connection_file}",
    ],
    ...{ display_name: "TypeScript (tslab)", language: "tslab" },
  });

  renameSync(before, after);
  t.false(kernelStep(after).isDone());
  kernelStep(after).run();
  t.is(specIn(after, "h2t-ts").argv[2], `${after}/dist/kernel/main.js`);
});
