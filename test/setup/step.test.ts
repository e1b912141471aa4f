import test from "ava";
import { FailureError } from "../../src/errors.ts";
import { runSteps } from "../../src/setup/step.ts";

/** A step that is done once it ran, and tells of it. */
function recordingStep(name: string, ran: string[], done = false) {
  const state = { done };
  return {
    name,
    isDone: () => state.done,
    run() {
      ran.push(name);
      state.done = true;
    },
  };
}

test("steps: those that are not done run in order, a line each; a second time none does", (t) => {
  const ran: string[] = [];
  const steps = ["packages", "addon", "kernel"].map((name) => recordingStep(name, ran, name === "addon"));
  let text = "";
  t.is(
    runSteps(steps, (piece) => {
      text += piece;
    }),
    2,
  );
  t.deepEqual(ran, ["packages", "kernel"]);
  t.regex(text, /^packages \.\.\. \d+\.\d s\nkernel \.\.\. \d+\.\d s\n$/);
  t.is(
    runSteps(steps, () => t.fail("nothing is left to say")),
    0,
  );
});

test("steps: a failing one ends the line and the steps after it do not run", (t) => {
  const ran: string[] = [];
  const failure = new FailureError({ rule: "a", got: "b", remedy: "c" });
  const failing = {
    name: "addon",
    expectation: "about 15 s",
    isDone: () => false,
    run() {
      throw failure;
    },
  };
  let text = "";
  const thrown = t.throws(() =>
    runSteps([failing, recordingStep("kernel", ran)], (piece) => {
      text += piece;
    }),
  );
  t.is(thrown, failure);
  t.is(text, "addon (about 15 s) ... failed\n");
  t.deepEqual(ran, []);
});
