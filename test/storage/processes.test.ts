import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import test from "ava";
import { fateOf, isRunning, processName, processNamed, thisProcess } from "../../src/storage/processes.ts";

const own = thisProcess();
const elsewhere = { ...own, machine: "1234abcd", space: "4026531836" };
const contained = { ...own, machine: "0", space: "4026532500" };
const nobody = 2 ** 22 + 1;

test("fateOf: this process runs; another that had its number, or has nobody's, is gone", (t) => {
  t.is(fateOf(own), "running");
  t.is(fateOf({ ...own, started: "1" }), "gone");
  t.is(fateOf({ ...own, pid: nobody }), "gone");
});

test("fateOf: what ran before the last start of a machine is gone only if the machine is told apart by its id", (t) => {
  const before = { system: "00000000" };
  t.is(fateOf({ ...elsewhere, ...before }, elsewhere), "gone");
  t.is(fateOf({ ...elsewhere, ...before, machine: "5678abcd" }, elsewhere), "unknown");
  t.is(fateOf({ ...elsewhere, ...before, machine: "0" }, elsewhere), "unknown");
  t.is(fateOf({ ...contained, ...before }, contained), "unknown");
});

test("fateOf: of a process since this start of the machine the machine need not be known, which earlier versions did not name", (t) => {
  t.is(fateOf({ ...elsewhere, machine: "0", pid: nobody }, elsewhere), "gone");
  t.is(fateOf({ ...own, machine: "0" }), "running");
});

test("fateOf: what runs under another host name or in another container cannot be seen, whatever its number", (t) => {
  for (const pid of [own.pid, nobody]) {
    t.is(fateOf({ ...own, pid, host: "else.where" }), "unknown");
    t.is(fateOf({ ...contained, pid, space: "4026532501" }, contained), "unknown");
    t.is(fateOf({ ...contained, pid }, elsewhere), "unknown");
  }
});

test("fateOf: a container started anew knows its own first process, of the same number, by the start", (t) => {
  t.is(fateOf({ ...contained, started: "1" }, contained), "gone");
});

test("a process that has ended but was not waited for is gone", async (t) => {
  // The shell, replaced by a program that waits for nobody, never learns that its child has ended.
  const shell = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"]);
  t.teardown(() => shell.kill());
  const [piece] = await once(shell.stdout, "data");
  // The process's name, the second field, has no space here.
  const fields = (pid: number) => readFileSync(`/proc/${pid}/stat`, "utf8").split(" ");
  const identity = (pid: number) => ({ ...own, pid, started: fields(pid)[21] ?? "" });
  const parent = shell.pid ?? 0;
  while (fields(parent)[1] !== "(sleep)") await setTimeout(10);
  const child = identity(Number(String(piece)));
  t.is(fateOf(child), "running");
  process.kill(child.pid, "SIGKILL");
  while (fateOf(child) !== "gone") await setTimeout(10);
  t.true(isRunning(child.pid));
  t.is(fateOf(identity(parent)), "running");
});

test("a process is read from its name, whatever its host is called", (t) => {
  for (const host of ["host", "a.b-c.example", "0", "cafecafe", "x.0", "x.12345678.y"]) {
    for (const machine of ["0", "1234abcd"]) {
      const identity = { ...own, host, machine };
      t.deepEqual(processNamed(processName(identity)), identity);
    }
  }
  t.is(processNamed(`host.${process.pid}`), undefined);
});

test("a name that an earlier version gave lacks the machine, which is then unknown", (t) => {
  t.deepEqual(processNamed("a.host.00c0ffee-4026531836-17-4711"), {
    host: "a.host",
    machine: "0",
    system: "00c0ffee",
    space: "4026531836",
    pid: 17,
    started: "4711",
  });
});
