import { spawn } from "node:child_process";
import path from "node:path";
import { projectFolder } from "../../src/setup/project-folder.ts";
import type { Setting } from "./settings.ts";

/** How the tests ended on a setting. */
export interface Ending {
  /** As Node calls itself. */
  readonly version: string;
  readonly passed: number;
  readonly failed: number;
  readonly status: number | null;
  readonly seconds: number;
}

const programOf = ({ node }: Setting) => path.join(import.meta.dirname, "node_modules", node, "bin/node");

/** Runs a program of the project under a setting, shows what it writes, and returns that. */
async function runUnder(setting: Setting, args: readonly string[]) {
  const node = programOf(setting);
  // Also for what the tests start by name.
  const PATH = `${path.dirname(node)}:${process.env.PATH}`;
  const child = spawn(node, args, {
    cwd: projectFolder,
    env: { ...process.env, ...setting.environment, PATH },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (piece: Buffer) => {
    text += piece;
    process.stdout.write(piece);
  });
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { status, text };
}

/**
 * Runs tests under a setting; set-up goes first, so that Jupyter starts the kernels with the same Node.
 *
 * @param files - test files; all of them where there are none.
 */
export async function runTests(setting: Setting, files: readonly string[]): Promise<Ending> {
  const start = performance.now();
  const { text: version } = await runUnder(setting, ["--version"]);
  const setUp = await runUnder(setting, ["--import", "tsx", "src/setup/main.ts"]);
  const { status, text } =
    setUp.status === 0 ? await runUnder(setting, ["node_modules/ava/entrypoints/cli.mjs", ...files]) : setUp;
  const lines = (mark: RegExp) => text.match(mark)?.length ?? 0;
  return {
    ...{ version: version.trim(), status },
    ...{ passed: lines(/^ *✔ /gm), failed: lines(/^ *✘ /gm) },
    seconds: (performance.now() - start) / 1000,
  };
}
