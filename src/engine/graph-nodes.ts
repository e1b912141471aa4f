import type { Variable } from "@tensorflow/tfjs-node-gpu";
import { type AttributeValue, type GraphNode, shapeValue, tensorValue } from "./graph-def.ts";
import { type Dtype, dtypeCodes } from "./native-backend.ts";

/** Names of the nodes that a session feeds and fetches; i is the index of an input, variable or output. */
export const nodeNames = {
  input: (i: number) => `in_${i}`,
  output: (i: number) => `out_${i}`,
  /** Waits for all assignments of the step. */
  updated: "updated",
  /** Receives a variable's value. */
  load: (i: number) => `load_${i}`,
  /** Waits until all received values are assigned to their variables. */
  loaded: "loaded",
  /** Reads a variable's value. */
  read: (i: number) => `read_${i}`,
  /** Sums the values of each float32 variable. */
  sums: "sums",
};

/** Encodes a tensor type, given its code. */
export const typeValue = (code: number): AttributeValue => ({ type: code });

/** Looks up the code of a tensor type. */
export function codeOf(dtype: string): number {
  return dtypeCodes[dtype as Dtype];
}

/** Creates a node. */
export function node(
  name: string,
  op: string,
  input: readonly string[],
  attr: GraphNode["attr"] = {},
): GraphNode {
  return { name, op, input, attr };
}

/** Creates the handle, read and load nodes of a session's variables. */
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
      // A fed tensor shares its memory with a JavaScript array, which only JavaScript's thread may release.
      // The variable therefore gets a copy.
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

/** Selects the variables that can contain non-finite numbers. */
export const summed = (variables: readonly Variable[]): Variable[] =>
  variables.filter(({ dtype }) => dtype === "float32");

/** Creates the nodes that sum each float32 variable. The step does not depend on them, so fetching them changes no bit of it. */
export function sumNodes(variables: readonly Variable[]): GraphNode[] {
  const [float32, int32] = [typeValue(dtypeCodes.float32), typeValue(dtypeCodes.int32)];
  const each = summed(variables).map((variable) => {
    const i = variables.indexOf(variable);
    const axes = Int32Array.from({ length: variable.rank }, (_, axis) => axis);
    const value = tensorValue(dtypeCodes.int32, [variable.rank], axes);
    const axesNode = node(`axes_${i}`, "Const", [], { dtype: int32, value });
    const inputs = [nodeNames.read(i), axesNode.name];
    return [axesNode, node(`sum_${i}`, "Sum", inputs, { T: float32, Tidx: int32 })] as const;
  });
  if (each.length === 0) return [];
  const sums = each.map(([, sum]) => sum.name);
  return [...each.flat(), node(nodeNames.sums, "Pack", sums, { N: { i: sums.length }, T: float32 })];
}

/** Creates a node that completes after all the others. It is a constant, because only tensors can be fetched. */
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
