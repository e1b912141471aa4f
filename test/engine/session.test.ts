import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import test from "ava";
import { Session } from "../../src/engine/session.ts";
import { temporaryFolder } from "../support/class-folders.ts";

test("Session: what a process that was killed while a graph was loaded left in the temporary folder is removed by the next one", async (t) => {
  const folder = await temporaryFolder(t);
  const module = fileURLToPath(new URL("../../src/engine/session.ts", import.meta.url));
  const script = `import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { Session } from ${JSON.stringify(module)};
fs.rmSync = () => process.kill(process.pid, "SIGKILL");
syncBuiltinESMExports();
new Session([]);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script], {
    env: { ...process.env, TMPDIR: folder },
  });
  t.deepEqual(await once(child, "close"), [null, "SIGKILL"]);
  const left = () => readdirSync(folder).filter((name) => name.startsWith("h2t-graph"));
  t.is(left().length, 1);

  process.env.TMPDIR = folder;
  new Session([]).close();
  t.deepEqual(left(), []);
});
