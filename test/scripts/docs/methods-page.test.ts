import test from "ava";
import { describeMethod } from "../../../scripts/docs/describe-method.ts";
import { withMethodTables } from "../../../scripts/docs/methods-page.ts";
import { FailureError } from "../../../src/errors.ts";
import { deviations } from "../../../src/experiments/deviations.ts";
import type { Method } from "../../../src/experiments/methods/method.ts";
import { methods } from "../../../src/experiments/methods/methods.ts";

const described = (key: string) => {
  const method = methods.find((one) => one.key === key) as Method;
  return describeMethod(method, methods);
};

test("describeMethod: what is usual is left out, and what differs by setting has its settings", (t) => {
  t.deepEqual(described("ce"), { stageOne: "cross-entropy; mixup, α = 1 [CIFAR-100]", stageTwo: "–" });
  t.deepEqual(described("dr-h2t"), {
    stageOne: "cross-entropy; mixup, α = 1",
    stageTwo: "cross-entropy; class-balanced batches; p = 0.3 of the channels from instance batches",
  });
  t.is(
    described("reslt").stageOne,
    "three branches; ResLT's loss (β = 0.998) [CIFAR-10]; ResLT's loss (β = 0.995) [CIFAR-100 200, CIFAR-100 100]; " +
      "ResLT's loss (β = 0.99) [CIFAR-100 50]; whole batches only; warm-up from 0.33 of the rate, 5 epochs; Nesterov; weight decay 5e-4",
  );
});

test("describeMethod: a change of a value changes the words", (t) => {
  const [method] = methods.filter(({ key }) => key === "ldam-drw");
  if (method === undefined) return t.fail();
  const changed: Method = {
    ...method,
    recipe: (setting) => {
      const recipe = method.recipe(setting);
      return { ...recipe, stage: { ...recipe.stage, batchSize: setting.imbalanceRatio } };
    },
  };
  t.is(
    describeMethod(changed, methods).stageOne,
    `${described("ldam-drw").stageOne.replace("; ×", "; batches of 200 [ratio 200]; batches of 100 [ratio 100]; batches of 50 [ratio 50]; ×")}`,
  );
});

test("deviations: each once, those of every row first, the others with all rows that have them", (t) => {
  const topics = deviations.map(({ topic }) => topic);
  t.is(new Set(topics).size, topics.length);
  t.deepEqual(
    deviations.slice(0, 2).map(({ rows, topic }) => [rows, topic]),
    [
      ["every row", "Head, medium, tail"],
      ["every row", "Chosen epoch"],
    ],
  );
  t.deepEqual(
    deviations.filter(({ topic }) => topic === "Printed gains").map(({ rows, paper }) => [rows, paper]),
    [
      [
        "DR+H2T",
        "Not every ↑ is the difference of the accuracies. " +
          "Table 1: DR+H2T, CIFAR10-LT, ratio 100: ↑2.14, but 82.87 − 79.15 = 3.72; DR+H2T, CIFAR10-LT, ratio 50: ↑3.72, but 86.35 − 84.21 = 2.14. " +
          "Table 4: DR+H2T, All: ↑3.52, but 40.95 − 37.40 = 3.55.",
      ],
    ],
  );
  const decays = deviations.find(({ topic }) => topic === "Decays of stage I");
  t.is(decays?.rows, "LDAM-DRW, CE+CMO, BSCE+CMO, RIDE, RIDE (linear)");
});

test("withMethodTables: what stands between the comments is made anew, and nothing else", (t) => {
  const empty =
    "a\n<!-- recipes -->\nold\n<!-- /recipes -->\nb\n<!-- deviations -->\n<!-- /deviations -->\nc\n";
  const once = withMethodTables(empty);
  t.regex(once, /^a\n<!-- recipes -->\n\n\| row \| stage I \| stage II \|\n/);
  t.false(once.includes("old"));
  t.true(once.includes("\n| every row | Chosen epoch | "));
  t.is(withMethodTables(once), once);
});

test("withMethodTables: a page without the comments is refused", (t) => {
  t.throws(() => withMethodTables("a"), {
    instanceOf: FailureError,
    message:
      "the page must show a table between <!-- recipes --> and <!-- /recipes -->, got neither; put the two comments where the table shall stand",
  });
});
