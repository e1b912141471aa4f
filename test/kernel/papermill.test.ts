import test from "ava";
import { factsOf } from "./facts-of.ts";

const facts = await factsOf("with_papermill.py");

test("papermill: as it is installed, writes parameters in TypeScript, of the types that the notebook declares", (t) => {
  t.is(facts.status, 0);
  t.deepEqual(
    (facts.sources as string[])[1],
    '// Parameters\nconst seeds: number[] = [1, 2, 3];\nconst profile: "demo" | "short" = "short";\n',
  );
  t.deepEqual(facts.result, ["'short3'"]);
});

test("kernels: tools that look for one by language, as jupytext does, find h2t-ts", (t) => {
  t.deepEqual(facts.typescript, ["h2t-ts"]);
});
