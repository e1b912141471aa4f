import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import test from "ava";

const module = (name: string) =>
  JSON.stringify(fileURLToPath(new URL(`../../src/cli/${name}`, import.meta.url)));

const announcement = "\nStopping within seconds; once more stops at once.\n";

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
