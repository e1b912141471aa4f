import test from "ava";
import { nativeBackend } from "../../src/engine/native-backend.ts";
import { tf } from "../../src/engine/tensorflow.ts";
import type { Experiment } from "../../src/experiments/experiment.ts";
import { table1Rows } from "../../src/experiments/rows/table-1.ts";
import type { Model } from "../../src/models/model.ts";
import { moved, valuesOf } from "./tiny-training.ts";
import { type Beginning, beginning, predictions, takeTwoSteps } from "./two-steps.ts";

/** Names of the variables that a row's stage is to move, and no other. */
function movable({ stage }: Experiment, { backbone, classifier }: Model): string[] {
  const of = (part: string, variables: ReadonlyMap<string, unknown>) =>
    [...variables.keys()].map((name) => `${part}.${name}`);
  const statistics = of("classifier", classifier.statistics);
  if (stage.kind === "representation") {
    const ofBackbone = [...of("backbone", backbone.parameters), ...of("backbone", backbone.statistics)];
    return [...ofBackbone, ...of("classifier", classifier.parameters), ...statistics];
  }
  const trained = [...classifier.parameters].filter(([name]) => stage.rateFactors?.[name] !== 0);
  const shifted = stage.shiftBatchNorm ? of("backbone", backbone.statistics) : [];
  return [...shifted, ...of("classifier", new Map(trained)), ...statistics];
}

const tensors = () => [tf.memory().numTensors, nativeBackend().binding.getNumOfTensors()];

/** Defines a test for every row of Table 1 on a data set; rows with the same model come one after another and share it. */
export function testEveryRow(dataset: "cifar10" | "cifar100"): void {
  const modelOf = ({ backbone, classifier }: Experiment) => JSON.stringify([backbone, classifier]);
  const rows = table1Rows
    .filter((row) => row.dataset === dataset)
    .toSorted((a, b) => modelOf(a).localeCompare(modelOf(b)));
  let start: Beginning | undefined;
  rows.forEach((row, i) => {
    test.serial(`${row.id}: two steps move what its stage trains, and nothing else`, async (t) => {
      const before = rows[i - 1];
      if (!start || !before || modelOf(before) !== modelOf(row)) {
        start?.dispose();
        start = await beginning(row);
        // Brings the variables' first values into TensorFlow.
        await predictions(start);
      }
      const { model } = start;
      start.reset();
      const drawn = valuesOf(model);
      const held = tensors();
      await takeTwoSteps(start, row);
      t.deepEqual(tensors(), held, "tensors are left");
      t.deepEqual(moved(drawn, valuesOf(model)), movable(row, model));
      const logits = await predictions(start);
      t.is(logits.length, model.numClasses ** 2);
      t.true(logits.every(Number.isFinite));
    });
  });
}
