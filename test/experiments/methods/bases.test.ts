import { isDeepStrictEqual } from "node:util";
import test from "ava";
import type { Method, Recipe } from "../../../src/experiments/methods/method.ts";
import { methods } from "../../../src/experiments/methods/methods.ts";
import { table1Settings } from "../../../src/experiments/rows/table-1.ts";

const withoutFusion = ({ stage, ...recipe }: Recipe) => ({
  ...recipe,
  stage: { ...stage, fusion: undefined },
});

/** Whether a method differs from its base in fusion alone, at every ratio of both data sets. */
const differsInFusionAlone = (method: Method, base: Method | undefined) =>
  base !== undefined &&
  table1Settings.every((setting) =>
    isDeepStrictEqual(withoutFusion(method.recipe(setting)), withoutFusion(base.recipe(setting))),
  );

test("methods: of those with a base, these differ from it in fusion alone; the others say in what else they differ", (t) => {
  const fused = methods.filter(({ base }) => base !== undefined);
  const alone = fused.filter((method) =>
    differsInFusionAlone(
      method,
      methods.find(({ key }) => key === method.base),
    ),
  );
  t.deepEqual(
    alone.map(({ label }) => label),
    ["DR+H2T", "DR + zeros", "DR + noise", "GCL+H2T"],
  );
  for (const { label, deviations = [] } of fused.filter((method) => !alone.includes(method)))
    t.true(
      deviations.some(({ kit }) => /the difference (between the two|to the base) is/.test(kit)),
      label,
    );
});
