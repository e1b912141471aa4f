import type { Variable } from "@tensorflow/tfjs-node-gpu";
import type { TensorValues } from "./native-backend.ts";
import { tf } from "./tensorflow.ts";

/** Something that keeps variables of its own beside TensorFlow.js's. */
export interface VariableHolder {
  /** Current values of some of its variables. */
  readVariables(variables: readonly Variable[]): TensorValues[];
}

interface Copies {
  /** The data of the `tf.Variable` when it was last known to be in step; other data means it was assigned since. */
  data: object;
  /** Whether the `tf.Variable` itself is current. */
  inVariable: boolean;
  /** Holders whose copy is current. */
  readonly holders: Set<VariableHolder>;
}

const copiesOf = new WeakMap<Variable, Copies>();

/** Who has a variable's current value; an assignment from outside makes the `tf.Variable` the only one. */
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

/** Notes that the holder's copy has become current beside the others. */
export function noteLoaded(holder: VariableHolder, variable: Variable): void {
  copies(variable).holders.add(holder);
}

/** Notes that the holder has changed its copy: it alone is current. */
export function noteUpdated(holder: VariableHolder, variable: Variable): void {
  const known = copies(variable);
  known.inVariable = false;
  known.holders.clear();
  known.holders.add(holder);
}

/** Brings the current values into the `tf.Variable`s, wherever they are. */
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

/** Forgets a holder that is going away, after its values were written back. */
export function forgetHolder(holder: VariableHolder, variables: readonly Variable[]): void {
  for (const variable of variables) copies(variable).holders.delete(holder);
}
