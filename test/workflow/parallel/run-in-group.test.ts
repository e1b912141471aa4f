import test from "ava";
import { runInGroup } from "../../../src/workflow/parallel/run-in-group.ts";

const given = (input: string, signal = new AbortController().signal) => ({ cwd: "/", input, signal });

test("runInGroup: input reaches the program; status and both outputs come back", async (t) => {
  const program = ["-c", "cat; echo bad >&2; exit 3"];
  t.deepEqual(await runInGroup("sh", program, given("text")), {
    status: 3,
    stdout: "text",
    stderr: "bad\n",
  });
});

test("runInGroup: a program that does not start is an error", async (t) => {
  await t.throwsAsync(runInGroup("/no/such/program", [], given("")), { code: "ENOENT" });
});

test("runInGroup: an interruption ends the program's children, too", async (t) => {
  const interruption = new AbortController();
  // Its children hold its outputs, so that it closes only with the last of them.
  const running = runInGroup("sh", ["-c", "sleep 60 | cat"], given("", interruption.signal));
  interruption.abort(new Error("planted"));
  await t.throwsAsync(running, { message: "planted" });
});

test("runInGroup: nothing is lost of what a program writes last", async (t) => {
  const program = ["-c", "seq 1 20000 >&2; sleep 0.1; seq 1 2000 >&2"];
  const { stderr } = await runInGroup("sh", program, given(""));
  t.is(stderr.trim().split("\n").length, 22_000);
});
