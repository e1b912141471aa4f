import type { Variable } from "@tensorflow/tfjs-node-gpu";
import type { TensorValues } from "./native-backend.ts";
import { tf } from "./tensorflow.ts";

/** Owner of copies of variables outside TensorFlow.js. */
export interface VariableHolder {
  /** Reads the current values of some of its variables. */
  readVariables(variables: readonly Variable[]): TensorValues[];
}

interface Copies {
  /** Data id of the `tf.Variable` when it was last in step; another id means that it has been assigned since. */
  data: object;
  /** Whether the `tf.Variable` itself is current. */
  inVariable: boolean;
  /** Holders whose copy is current. */
  readonly holders: Set<VariableHolder>;
}

const copiesOf = new WeakMap<Variable, Copies>();

/** Returns the owners of a variable's current value; after an external assignment only the `tf.Variable` is current. */
function copies(variable: Variable): Copies {
  const known = copiesOf.get(variable);
  if (known !== undefined && known.data === variable.dataId) return known;
  const fresh: Copies = { data: variable.dataId, inVariable: true, holders: new Set() };
  copiesOf.set(variable, fresh);
  return fresh;
}

/** Whether the holder's copy of the variable is current. */
export function holdsCurrent(holder: VariableHolder, variable: Variable): boolean {
  return copies(variable).holders.has(holder);
}

/** Marks the holder's copy as current, in addition to the others. */
export function noteLoaded(holder: VariableHolder, variable: Variable): void {
  copies(variable).holders.add(holder);
}

/** Marks the holder's copy as the only current one, after it changed. */
export function noteUpdated(holder: VariableHolder, variable: Variable): void {
  const known = copies(variable);
  known.inVariable = false;
  known.holders.clear();
  known.holders.add(holder);
}

/** Copies the current values from their holders into the `tf.Variable`s. */
export function writeBack(variables: readonly Variable[]): void {
  const byHolder = new Map<VariableHolder, Variable[]>();
  for (const variable of variables) {
    const known = copies(variable);
    const [holder] = known.holders;
    if (known.inVariable || holder === undefined) continue;
    byHolder.set(holder, [...(byHolder.get(holder) ?? []), variable]);
  }
  for (const [holder, held] of byHolder) {
    holder.readVariables(held).forEach((values, i) => {
      const variable = held[i] as Variable;
      const known = copies(variable);
      const tensor = tf.tensor(values, variable.shape, variable.dtype);
      variable.assign(tensor);
      tensor.dispose();
      known.data = variable.dataId;
      known.inVariable = true;
    });
  }
}

/** Forgets a holder before it is closed; its values must have been written back. */
export function forgetHolder(holder: VariableHolder, variables: readonly Variable[]): void {
  for (const variable of variables) copies(variable).holders.delete(holder);
}
