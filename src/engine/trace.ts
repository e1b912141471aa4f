import type { Variable } from "@tensorflow/tfjs-node-gpu";
import { nodeNames, summed } from "./graph-nodes.ts";
import type { Dtype, TensorValues } from "./native-backend.ts";
import { Session } from "./session.ts";
import type { StepGraph } from "./step-graph.ts";
import {
  forgetHolder,
  holdsCurrent,
  noteLoaded,
  noteUpdated,
  type VariableHolder,
  writeBack,
} from "./variable-copies.ts";

/** Values of one input, with the traced shape. */
export interface TraceInput {
  readonly shape: number[];
  readonly dtype: Dtype;
  readonly values: TensorValues;
}

/** Compiled graph of a step for one set of input shapes. */
export class Trace implements VariableHolder {
  readonly #graph: StepGraph;
  readonly #session: Session;
  readonly #variables: readonly Variable[];

  constructor(graph: StepGraph, variables: readonly Variable[]) {
    this.#graph = graph;
    this.#variables = variables;
    this.#session = new Session(graph.nodes);
  }

  readVariables(variables: readonly Variable[]): TensorValues[] {
    const fetches = variables.map((variable) => `${nodeNames.read(this.#variables.indexOf(variable))}:0`);
    return this.#session.run([], fetches);
  }

  /** Runs the step and returns the values of its outputs in order. */
  run(inputs: readonly TraceInput[]): TensorValues[] {
    this.#loadStale();
    const feeds = inputs.map((input, i) => ({ ...input, node: `${nodeNames.input(i)}:0` }));
    const fetches = this.#graph.outputs.map((_, i) => `${nodeNames.output(i)}:0`);
    const results = this.#session.run(feeds, [...fetches, `${nodeNames.updated}:0`]);
    this.#variables.forEach((variable, i) => {
      if (this.#graph.updated[i]) noteUpdated(this, variable);
    });
    return results.slice(0, -1);
  }

  /** Finds the variables whose sum is not finite; a single NaN or infinity is enough. */
  nonFinite(): Variable[] {
    const variables = summed(this.#variables);
    if (variables.length === 0) return [];
    const [sums] = this.#session.run([], [`${nodeNames.sums}:0`]);
    return variables.filter((_, i) => !Number.isFinite(sums?.[i]));
  }

  /** Loads the variables if any was changed elsewhere since the last run of this trace. */
  #loadStale(): void {
    if (this.#variables.every((variable) => holdsCurrent(this, variable))) return;
    writeBack(this.#variables);
    const feeds = this.#variables.map((variable, i) => ({
      node: `${nodeNames.load(i)}:0`,
      shape: variable.shape,
      dtype: variable.dtype as Dtype,
      values: variable.dataSync<"float32">(),
    }));
    this.#session.run(feeds, [`${nodeNames.loaded}:0`]);
    for (const variable of this.#variables) noteLoaded(this, variable);
  }

  /** Writes the variables back and frees the session. */
  close(): void {
    writeBack(this.#variables);
    forgetHolder(this, this.#variables);
    this.#session.close();
  }
}
