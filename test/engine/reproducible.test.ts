import test from "ava";
import { runScript } from "../support/run-script.ts";

const train = `
  const { createHash } = await import("node:crypto");
  const { compile } = await import("./engine/compile.ts");
  const { smallBatch, smallStep, smallStepInputs } = await import("../test/support/small-step.ts");
  const small = smallStep();
  const step = compile(small.train, { inputs: smallStepInputs, variables: small.variables });
  for (let k = 0; k < 10; k++) step.run(smallBatch(k, 16));
  step.writeBack();
  const hash = createHash("sha256");
  for (const variable of small.variables) hash.update(variable.dataSync());
  console.log(hash.digest("hex"));
`;

test("compiled step: two processes train to the same bits", (t) => {
  const [first, second] = [runScript(train), runScript(train)];
  t.is(first.status, 0, first.stderr);
  t.regex(first.stdout, /^[0-9a-f]{64}\n$/);
  t.is(second.stdout, first.stdout);
});
