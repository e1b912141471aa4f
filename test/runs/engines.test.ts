import test from "ava";
import { engineChanges, withEngine } from "../../src/runs/engines.ts";

const one = { tensorflow: "2.21.0", threads: 1, oneDnn: true, device: "a CPU", commit: "abc" };
const two = { ...one, threads: 2 };

test("engines: epochs of equal engines are one entry, those of another one an entry of their own", (t) => {
  const began = withEngine([], one, 3);
  t.deepEqual(began, [{ ...one, untilEpoch: 3 }]);
  t.deepEqual(withEngine(began, one, 5), [{ ...one, untilEpoch: 5 }]);
  const wentOn = withEngine(began, two, 5);
  t.deepEqual(wentOn, [
    { ...one, untilEpoch: 3 },
    { ...two, untilEpoch: 5 },
  ]);
  t.deepEqual(withEngine(wentOn, one, 6), [...wentOn, { ...one, untilEpoch: 6 }]);
  t.deepEqual(began, [{ ...one, untilEpoch: 3 }]);
});

test("engines: one that trains no epoch leaves no entry", (t) => {
  const ended = [{ ...one, untilEpoch: 10 }];
  t.deepEqual(withEngine(ended, two, 10), ended);
});

test("engines: what one has else than the one before is told, each with both values", (t) => {
  t.deepEqual(engineChanges(undefined, one), []);
  t.deepEqual(engineChanges(one, { ...one }), []);
  t.deepEqual(engineChanges(one, { ...two, oneDnn: false, commit: null }), [
    "threads 2 instead of 1",
    "oneDNN off instead of on",
    "commit unknown instead of abc",
  ]);
});
