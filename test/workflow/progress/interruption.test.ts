import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import test from "ava";
import { interrupt } from "../../../bench/soak/interrupt.ts";
import type { InterruptedWorkName } from "../../../bench/soak/interrupted-works.ts";
import { serveSlowly } from "../../../bench/soak/serve-slowly.ts";
import { packedFiles } from "../../../src/data/packs/manifest.ts";
import { temporaryFolder } from "../../support/class-folders.ts";
import { pretendStageOne } from "../../support/pretend-stage-one.ts";
import { packTinyGlyphs } from "../../support/tiny-glyphs.ts";

const module = (name: string) =>
  JSON.stringify(fileURLToPath(new URL(`../../../src/workflow/progress/${name}`, import.meta.url)));

const announcement = "\nStopping… press Ctrl-C again to quit immediately.\n";

/** Work that hears nothing, in a process of its own. */
async function deafWork() {
  const script = `import { interruptible } from ${module("interruption.ts")};
const output = { write: () => {}, writeError: (text) => process.stderr.write(text) };
await interruptible(output, () => {
  process.stdout.write("working");
  return new Promise((resolve) => setTimeout(resolve, 1e9));
});`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script]);
  let errors = "";
  child.stderr.on("data", (piece) => {
    errors += piece;
  });
  await once(child.stdout, "data");
  return { child, errors: () => errors };
}

for (const [first, second] of [
  ["SIGINT", "SIGINT"],
  ["SIGTERM", "SIGTERM"],
  ["SIGINT", "SIGTERM"],
] as const) {
  test(`interruption: after ${first} a second signal, ${second}, ends the process at once, with 130`, async (t) => {
    const { child, errors } = await deafWork();
    t.teardown(() => child.kill("SIGKILL"));
    child.kill(first);
    while (!errors().includes(announcement)) await once(child.stderr, "data");
    t.is(child.exitCode, null);
    child.kill(second);
    t.deepEqual(await once(child, "close"), [130, null]);
    t.is(errors(), announcement);
  });
}

/** What is done before the work, the signal, its last line, and what it leaves among the data sets. */
const works: readonly {
  readonly work: InterruptedWorkName;
  readonly before?: (data: string, runs: string) => Promise<unknown>;
  readonly signal: NodeJS.Signals;
  readonly lastLine: string;
  readonly left: readonly string[];
}[] = [
  {
    work: "data packing",
    signal: "SIGTERM",
    lastLine:
      "h2t: interrupted (SIGTERM); rerun the command to prepare the data set; an interrupted download resumes",
    left: [],
  },
  {
    work: "a download",
    signal: "SIGINT",
    lastLine:
      "h2t: interrupted (SIGINT); rerun the command to prepare the data set; an interrupted download resumes",
    left: ["downloads", "downloads/cifar-10-binary.tar.gz.part"],
  },
  {
    work: "an analysis",
    async before(data, runs) {
      const { digest } = await packTinyGlyphs(data);
      const row = "table-1/cifar10/50/dr-h2t@glyphs-10";
      await pretendStageOne(runs, row, { digest, seed: 0, profile: "trial" });
    },
    signal: "SIGINT",
    lastLine:
      "h2t: interrupted (SIGINT); rerun the command (without --fresh) to resume with the interrupted row",
    left: ["glyphs-10", ...["manifest.json", ...packedFiles].sort().map((file) => `glyphs-10/${file}`)],
  },
];

for (const { work, before, signal, lastLine, left } of works) {
  test(`interruption: ${signal} ends ${work} with 130, and the last line says how it goes on`, async (t) => {
    const folder = await temporaryFolder(t);
    const server = await serveSlowly();
    t.teardown(server.close);
    const data = path.join(folder, "data");
    await before?.(data, path.join(folder, "runs"));
    const places = { folder, server: server.address };
    t.like(await interrupt(work, places, { signal, after: 0 }), { status: 130, lastLine });
    t.deepEqual((await readdir(data, { recursive: true })).sort(), left);
  });
}
