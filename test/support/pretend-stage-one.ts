import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Profile } from "../../src/experiments/experiment.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { disposeModel, modelVariables } from "../../src/models/model.ts";
import { resnet32 } from "../../src/models/resnet32.ts";
import { saveVariables } from "../../src/models/weights.ts";
import { runIdOf } from "../../src/runs/run-plan.ts";

/**
 * Puts random weights where those of a row's stage I would lie, which would take longer to train than the rest of a test.
 *
 * @returns the weights file.
 */
export async function pretendStageOne(
  runs: string,
  rowId: string,
  {
    digest,
    seed,
    profile = "demo",
  }: { readonly digest: string; readonly seed: number; readonly profile?: Profile },
): Promise<string> {
  const { from = "" } = findExperiment(rowId);
  const runId = runIdOf(findExperiment(from), seed, profile, digest);
  const model = resnet32(10, { classifier: { kind: "linear" }, seed });
  const file = path.join(runs, runId, "weights.safetensors");
  await mkdir(path.dirname(file), { recursive: true });
  await saveVariables(file, modelVariables(model), { runId });
  disposeModel(model);
  return file;
}
