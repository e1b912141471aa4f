import test from "ava";
import type { Machine } from "../../src/setup/prerequisites.ts";
import { inspectMachine, missingPrerequisites } from "../../src/setup/prerequisites.ts";

const complete: Machine = {
  platform: "linux",
  nodeVersion: "20.19.0",
  python: { program: "python3", version: [3, 10], hasVenv: true },
  compiler: "g++",
};

const messages = (change: Partial<Machine>) =>
  missingPrerequisites({ ...complete, ...change }).map((error) => error.message);

test("prerequisites: the oldest supported machine lacks nothing", (t) => {
  t.deepEqual(messages({}), []);
});

test("prerequisites: this machine, on which the tests run, lacks nothing", (t) => {
  t.deepEqual(missingPrerequisites(inspectMachine()), []);
});

test("prerequisites: a machine without Python and g++ is told of both, a line each, with exit code 1", (t) => {
  const machine = inspectMachine({ PATH: "/nonexistent" });
  const missing = missingPrerequisites({ ...machine, nodeVersion: "22.12.0" });
  t.deepEqual(
    missing.map((error) => error.message),
    [
      "the kit needs Python 3.10, 3.11, 3.12 or 3.13 with venv, got no python3; type: sudo apt install python3 python3-venv",
      "the kit needs a C++17 compiler, got no g++ that compiles it; type: sudo apt install g++",
    ],
  );
  t.deepEqual(
    missing.map((error) => error.exitCode),
    [1, 1],
  );
});

test("prerequisites: a Node without require of ES modules is refused", (t) => {
  for (const nodeVersion of ["18.20.8", "20.18.3", "21.7.3", "22.11.0"]) {
    t.deepEqual(messages({ nodeVersion }), [
      `the kit needs Node 20.19 or newer (of 22: 22.12 or newer), got ${nodeVersion}; get one from https://nodejs.org, or type: nvm install 22`,
    ]);
  }
  for (const nodeVersion of ["20.20.2", "22.12.0", "23.0.0", "24.1.0"])
    t.deepEqual(messages({ nodeVersion }), []);
});

test("prerequisites: a Python without TensorFlow wheels or without venv is refused", (t) => {
  const rule = "the kit needs Python 3.10, 3.11, 3.12 or 3.13 with venv";
  const remedy = "install one of these beside it and name it: PYTHON=/path/to/python3.12 npm run setup";
  t.deepEqual(messages({ python: { program: "python3", version: [3, 9], hasVenv: true } }), [
    `${rule}, got only 3.9; ${remedy}`,
  ]);
  t.deepEqual(messages({ python: { program: "python3", version: [3, 14], hasVenv: true } }), [
    `${rule}, got only 3.14; ${remedy}`,
  ]);
  t.deepEqual(messages({ python: { program: "python3", version: [3, 12], hasVenv: false } }), [
    `${rule}, got python3 without venv; type: sudo apt install python3-venv`,
  ]);
});

test("prerequisites: another system than Linux is refused", (t) => {
  t.deepEqual(messages({ platform: "darwin" }), [
    "the kit needs Linux, got darwin; use a Linux machine, a Linux container or, on Windows, WSL 2",
  ]);
});
