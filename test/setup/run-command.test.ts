import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { FailureError } from "../../src/errors.ts";
import { runCommand, tellingLine } from "../../src/setup/run-command.ts";

const what = { rule: "the program must end well", remedy: "mend it" };

function emptyFolder(t: { teardown(done: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), "h2t-kit command "));
  t.teardown(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("command: a failure says the first error in one line and keeps the whole output", (t) => {
  const folder = emptyFolder(t);
  const script = "console.log('reading'); console.error('x.cc:1: error: no such file'); process.exit(3)";
  t.throws(() => runCommand({ ...what, program: process.execPath, args: ["-e", script] }, folder), {
    instanceOf: FailureError,
    message:
      "the program must end well, got exit code 3 (x.cc:1: error: no such file); mend it (whole output: setup.log)",
  });
  t.true(
    readFileSync(join(folder, "setup.log"), "utf8").endsWith("\n\nreading\nx.cc:1: error: no such file\n"),
  );
});

test("command: a program that is not there is a failure too", (t) => {
  t.throws(() => runCommand({ ...what, program: "no-such-program", args: [] }, emptyFolder(t)), {
    instanceOf: FailureError,
    message:
      "the program must end well, got spawnSync no-such-program ENOENT; mend it (whole output: setup.log)",
  });
});

test("command: success leaves no log, and spaces in arguments reach the program", (t) => {
  const folder = emptyFolder(t);
  const script = "process.exit(process.argv[1] === 'a b' ? 0 : 1)";
  runCommand({ ...what, program: process.execPath, args: ["-e", script, "a b"] }, folder);
  t.false(existsSync(join(folder, "setup.log")));
});

test("command: the telling line is the first error, else the last line, never a warning", (t) => {
  t.is(
    tellingLine("WARNING: an error once\nCollecting x\nERROR: No matching distribution\nbye\n"),
    "ERROR: No matching distribution",
  );
  t.is(tellingLine("one\n  two  \n\n"), "two");
  t.is(tellingLine(""), "");
});
