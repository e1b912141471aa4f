import type { ClassifierKind } from "../../models/classifier.ts";
import type { Stage } from "../../stages/stage.ts";
import type { BackboneName } from "../backbones.ts";

/** Where Table 1 runs a method: what its recipe may depend on. */
export interface Setting {
  readonly dataset: "cifar10" | "cifar100";
  /** Largest over smallest class count. */
  readonly imbalanceRatio: 200 | 100 | 50;
}

/** What is run for a method. */
export interface Recipe {
  /** @default resnet32 */
  readonly backbone?: BackboneName;
  readonly classifier: ClassifierKind;
  readonly stage: Stage;
  /** Key of the method whose trained model this one starts from. */
  readonly from?: string;
}

/** A place where paper and code, or two readings, disagree, and what the row does. */
export interface Deviation {
  readonly topic: string;
  readonly paper: string;
  readonly kit: string;
}

/** A method of Table 1, or one beside it. */
export interface Method {
  /** Last part of its rows' ids, such as `dr-h2t`; where the paper has the method, the same as there. */
  readonly key: string;
  readonly label: string;
  recipe(setting: Setting): Recipe;
  /** Key of the method that this one is said to improve on: what its gain is measured over. */
  readonly base?: string;
  /** Settings that no source gives, if any, and what they were taken from. */
  inferred?(setting: Setting): string | undefined;
  readonly deviations?: readonly Deviation[];
}
