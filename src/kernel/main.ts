import { parseArgs } from "node:util";
import { KitError, UsageError } from "../errors.ts";
import { engines } from "./engines.ts";
import { startKernel } from "./kernel.ts";
import { loadTypeScript } from "./load-typescript.ts";

// What Jupyter starts, as the kernel specs say: main --engine own|tslab CONNECTION_FILE
try {
  const { values, positionals } = parseArgs({
    options: { engine: { type: "string" } },
    allowPositionals: true,
  });
  const [connectionFile] = positionals;
  const { engine } = values;
  if (connectionFile === undefined || (engine !== "own" && engine !== "tslab")) {
    throw new UsageError({
      rule: "a kernel is started with --engine own or tslab and a connection file",
      got: `"${process.argv.slice(2).join(" ")}"`,
      remedy: "let Jupyter start it: .venv/bin/python -m jupyterlab",
    });
  }
  // Both at once: the engine's compiler warms up in a thread of its own.
  const loading = Promise.all([engines[engine](), loadTypeScript()]).then(([loaded]) => loaded);
  startKernel(connectionFile, loading);
} catch (error) {
  if (!(error instanceof KitError)) throw error;
  process.stderr.write(`h2t kernel: ${error.message}\n`);
  process.exitCode = error.exitCode;
}
