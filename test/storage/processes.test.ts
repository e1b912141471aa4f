import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import test from "ava";
import { isRunning, processName, processNamed, statusOf, thisProcess } from "../../src/storage/processes.ts";

const own = thisProcess();
const elsewhere = { ...own, machine: "1234abcd", space: "4026531836" };
const contained = { ...own, machine: "0", space: "4026532500" };
const nobody = 2 ** 22 + 1;

test("statusOf: this process is running; one with a reused or free PID is gone", (t) => {
  t.is(statusOf(own), "running");
  t.is(statusOf({ ...own, started: "1" }), "gone");
  t.is(statusOf({ ...own, pid: nobody }), "gone");
});

test("statusOf: a process from before a reboot is gone only if the machine is known by its id", (t) => {
  const before = { system: "00000000" };
  t.is(statusOf({ ...elsewhere, ...before }, elsewhere), "gone");
  t.is(statusOf({ ...elsewhere, ...before, machine: "5678abcd" }, elsewhere), "unknown");
  t.is(statusOf({ ...elsewhere, ...before, machine: "0" }, elsewhere), "unknown");
  t.is(statusOf({ ...contained, ...before }, contained), "unknown");
});

test("statusOf: a process from the current boot can be checked without the machine, which earlier versions omitted", (t) => {
  t.is(statusOf({ ...elsewhere, machine: "0", pid: nobody }, elsewhere), "gone");
  t.is(statusOf({ ...own, machine: "0" }), "running");
});

test("statusOf: a process on another host or in another container is unknown, whatever its PID", (t) => {
  for (const pid of [own.pid, nobody]) {
    t.is(statusOf({ ...own, pid, host: "else.where" }), "unknown");
    t.is(statusOf({ ...contained, pid, space: "4026532501" }, contained), "unknown");
    t.is(statusOf({ ...contained, pid }, elsewhere), "unknown");
  }
});

test("statusOf: a restarted container tells its earlier first process, of the same PID, by the start time", (t) => {
  t.is(statusOf({ ...contained, started: "1" }, contained), "gone");
});

test("statusOf: a zombie is gone", async (t) => {
  // The shell is replaced by a program that never collects its child's exit status.
  const shell = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"]);
  t.teardown(() => shell.kill());
  const [piece] = await once(shell.stdout, "data");
  // The process's name, the second field, has no space here.
  const fields = (pid: number) => readFileSync(`/proc/${pid}/stat`, "utf8").split(" ");
  const identity = (pid: number) => ({ ...own, pid, started: fields(pid)[21] ?? "" });
  const parent = shell.pid ?? 0;
  while (fields(parent)[1] !== "(sleep)") await setTimeout(10);
  const child = identity(Number(String(piece)));
  t.is(statusOf(child), "running");
  process.kill(child.pid, "SIGKILL");
  while (statusOf(child) !== "gone") await setTimeout(10);
  t.true(isRunning(child.pid));
  t.is(statusOf(identity(parent)), "running");
});

test("processNamed: parses the name of a process with any host name", (t) => {
  for (const host of ["host", "a.b-c.example", "0", "cafecafe", "x.0", "x.12345678.y"]) {
    for (const machine of ["0", "1234abcd"]) {
      const identity = { ...own, host, machine };
      t.deepEqual(processNamed(processName(identity)), identity);
    }
  }
  t.is(processNamed(`host.${process.pid}`), undefined);
});

test("processNamed: names from earlier versions lack the machine, which is then unknown", (t) => {
  t.deepEqual(processNamed("a.host.00c0ffee-4026531836-17-4711"), {
    host: "a.host",
    machine: "0",
    system: "00c0ffee",
    space: "4026531836",
    pid: 17,
    started: "4711",
  });
});
