import test from "ava";
import { Processes } from "../../bench/processes.ts";

test("benchmark: a kernel is started, asked and measured as a front end sees it", async (t) => {
  const processes = new Processes();
  t.teardown(() => processes.kill());
  const jupyter = processes.kernels();
  const kernel = "h2t-ts";
  t.true((await jupyter.ask("start", { kernel })).residentBytes > 2 ** 25);
  const code =
    "for (let i = 0; i < 3; i++) console.log(i);\nawait new Promise((done) => setTimeout(done, 300));";
  const { lines, seconds } = await jupyter.ask("cell", { kernel, code });
  t.is(lines, 3);
  t.true(seconds >= 0.3);
  t.is((await jupyter.ask("complete", { kernel, code: '"a".s' })).lines, 0);
  t.is((await jupyter.ask("stop", { kernel })).residentBytes, 0);
  await processes.end();
});
