import { constantStep } from "./constant-step.ts";
import { forward } from "./forward.ts";
import { imagePreparation } from "./image-preparation.ts";
import { matrixProduct } from "./matrix-product.ts";
import { prediction } from "./prediction.ts";
import { runOfSeeds } from "./run-of-seeds.ts";
import { stageOneEpoch } from "./stage-one-epoch.ts";
import { stageTwoRun } from "./stage-two-run.ts";
import { trainingSteps } from "./training-steps.ts";

/** What a task measures itself where its wall time is not what is wanted. */
interface OwnMeasures {
  readonly seconds: number;
  readonly epochSeconds: number;
}

/** Prepared work, done once a call. */
export type Task = (() => void) | (() => Promise<OwnMeasures>);

/** From its settings to a task, by the name that it is asked for. */
export const tasks = {
  "constant-step": constantStep,
  forward,
  "image-preparation": imagePreparation,
  "matrix-product": matrixProduct,
  prediction,
  "run-of-seeds": runOfSeeds,
  "stage-one-epoch": stageOneEpoch,
  "stage-two-run": stageTwoRun,
  "training-steps": trainingSteps,
} satisfies Record<string, (settings: never) => Task>;

/** Settings by the task's name. */
export type KitTasks = { readonly [Name in keyof typeof tasks]: Parameters<(typeof tasks)[Name]>[0] };
