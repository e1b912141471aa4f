import type { Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { compile } from "../../src/engine/compile.ts";
import { modelVariables, pool } from "../../src/models/model.ts";
import { resnet32 } from "../../src/models/resnet32.ts";
import { constantBatch } from "./generated-images.ts";
import type { Task } from "./tasks.ts";

/** Logits of one batch that is prepared once, in inference mode. */
export function forward({ batch }: { readonly batch: number }): Task {
  const model = resnet32(10);
  const { backbone, classifier } = model;
  const step = compile(
    ({ images }) => ({
      logits: classifier.logits(pool(backbone.featureMap(images as Tensor4D, "inference"))),
    }),
    {
      inputs: { images: { shape: [null, 32, 32, 3], dtype: "float32" } },
      variables: [...modelVariables(model).values()],
    },
  );
  const { images } = constantBatch(batch);
  return () => {
    step.run({ images });
  };
}
