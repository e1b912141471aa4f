import type { Variable } from "@tensorflow/tfjs-node-gpu";
import { type AttributeValue, type GraphNode, shapeValue, tensorValue } from "./graph-def.ts";
import { type Dtype, dtypeCodes } from "./native-backend.ts";

/** Names of the nodes that a session feeds and fetches, for the i-th input, variable or output. */
export const nodeNames = {
  input: (i: number) => `in_${i}`,
  output: (i: number) => `out_${i}`,
  /** Waits for every assignment of the step. */
  updated: "updated",
  /** Feeds a variable's value in. */
  load: (i: number) => `load_${i}`,
  /** Waits for every fed value to be in its variable. */
  loaded: "loaded",
  /** A variable's value. */
  read: (i: number) => `read_${i}`,
};

/** The attribute of a tensor type, by its code. */
export const typeValue = (code: number): AttributeValue => ({ type: code });

/** Code of a tensor type. */
export function codeOf(dtype: string): number {
  return dtypeCodes[dtype as Dtype];
}

/** One node. */
export function node(
  name: string,
  op: string,
  input: readonly string[],
  attr: GraphNode["attr"] = {},
): GraphNode {
  return { name, op, input, attr };
}

/** Reads, loads and handles of the variables that live in a session. */
export function variableNodes(variables: readonly Variable[]): GraphNode[] {
  const each = variables.flatMap((variable, i) => {
    const dtype = typeValue(codeOf(variable.dtype));
    return [
      node(`var_${i}`, "VarHandleOp", [], {
        dtype,
        shape: shapeValue(variable.shape),
        shared_name: { s: Buffer.from(`var_${i}`) },
      }),
      node(nodeNames.read(i), "ReadVariableOp", [`var_${i}`], { dtype }),
      node(nodeNames.load(i), "Placeholder", [], { dtype, shape: shapeValue(variable.shape) }),
      // A fed tensor shares its memory with a JavaScript array, which may only be released by JavaScript's
      // own thread; the variable gets a copy.
      node(`copy_${i}`, "DeepCopy", [nodeNames.load(i)], { T: dtype }),
      node(`assign_${i}`, "AssignVariableOp", [`var_${i}`, `copy_${i}`], { dtype }),
    ];
  });
  return [
    ...each,
    barrier(
      nodeNames.loaded,
      variables.map((_, i) => `assign_${i}`),
    ),
  ];
}

/** A node that yields once all the others have run; only tensors can be fetched, so it is a constant. */
export function barrier(name: string, after: readonly string[]): GraphNode {
  return node(
    name,
    "Const",
    after.map((other) => `^${other}`),
    {
      dtype: typeValue(dtypeCodes.int32),
      value: tensorValue(dtypeCodes.int32, [], Int32Array.of(0)),
    },
  );
}
