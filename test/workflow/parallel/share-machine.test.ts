import test from "ava";
import { shareMachine } from "../../../src/workflow/parallel/share-machine.ts";

const gib = 2 ** 30;
const machine = { cores: 16, memory: 64 * gib, freeMemory: 60 * gib };

test("shareMachine: one chain has the whole machine, whatever was asked", (t) => {
  t.deepEqual(shareMachine(1, undefined, machine), { jobs: 1, threads: 16 });
  t.deepEqual(shareMachine(1, 4, machine), { jobs: 1, threads: 16 });
});

test("shareMachine: several chains share the cores evenly, never more at once than cores", (t) => {
  t.deepEqual(shareMachine(3, undefined, machine), { jobs: 3, threads: 5 });
  t.deepEqual(shareMachine(40, undefined, machine), { jobs: 16, threads: 1 });
});

test("shareMachine: --jobs says how many at once, and so how many threads each", (t) => {
  t.deepEqual(shareMachine(8, 2, machine), { jobs: 2, threads: 8 });
  t.deepEqual(shareMachine(8, 1, machine), { jobs: 1, threads: 16 });
  t.deepEqual(shareMachine(40, 32, machine), { jobs: 32, threads: 1 });
});

test("shareMachine: H2T_THREADS is kept, and decides how many at once unless --jobs does", (t) => {
  t.deepEqual(shareMachine(8, undefined, { ...machine, threads: 6 }), { jobs: 2, threads: 6 });
  t.deepEqual(shareMachine(8, undefined, { ...machine, threads: 32 }), { jobs: 1, threads: 32 });
  t.deepEqual(shareMachine(8, 3, { ...machine, threads: 1 }), { jobs: 3, threads: 1 });
});

test("shareMachine: the machine's memory limits processes, of which each then has more threads", (t) => {
  t.deepEqual(shareMachine(8, undefined, { ...machine, memory: 9 * gib }), { jobs: 6, threads: 2 });
  t.deepEqual(shareMachine(8, undefined, { ...machine, memory: gib }), { jobs: 1, threads: 16 });
});

test("shareMachine: memory that others hold limits processes, and leaves the threads and so the bits", (t) => {
  t.deepEqual(shareMachine(8, undefined, { ...machine, freeMemory: 7 * gib }), { jobs: 4, threads: 2 });
  t.deepEqual(shareMachine(8, undefined, { ...machine, freeMemory: gib }), { jobs: 1, threads: 2 });
});
