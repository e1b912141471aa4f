import type { Tensor, Variable } from "@tensorflow/tfjs-node-gpu";
import { attributeValue, type GraphNode, shapeValue, tensorValue } from "./graph-def.ts";
import { barrier, codeOf, node, nodeNames, typeValue, variableNodes } from "./graph-nodes.ts";
import { keepingValues } from "./keeping-values.ts";
import { attribute, type Dtype, nativeBackend } from "./native-backend.ts";
import { type RecordedOperation, type Recording, record } from "./recording.ts";
import { tf } from "./tensorflow.ts";

/** A tensor of the step by name, with its shape and type. */
export interface Port {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: Dtype;
}

/** A traced step, ready to be written as a TensorFlow graph. */
export interface StepGraph {
  readonly nodes: readonly GraphNode[];
  /** In the order of the results; each is fetched as `out_<i>:0`. */
  readonly outputs: readonly Port[];
  /** Whether the step assigns the variable of that place. */
  readonly updated: readonly boolean[];
}

/** The id by which the native binding knows a tensor: what an operation on it is recorded to take in. */
function recordProbe(tensor: Tensor | Variable): void {
  const probe = nativeBackend().executeMultipleOutputs(
    "Identity",
    [attribute("T", "type", codeOf(tensor.dtype))],
    [tensor],
    1,
  );
  tf.dispose(probe);
}

/** Type attributes that tfjs-node leaves for the eager runtime to infer, with the input that each is the type of. */
const inferredTypes: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ExpandDims: { T: 0, Tdim: 1 },
};

function attributesOf(operation: RecordedOperation, dtypes: Recording["dtypes"]): GraphNode["attr"] {
  const given = operation.attributes.map((one) => [one.name, attributeValue(one)] as const);
  const inferred = Object.entries(inferredTypes[operation.name] ?? {}).map(
    ([name, input]) => [name, typeValue(dtypes.get(operation.inputs[input] as number) as number)] as const,
  );
  return Object.fromEntries([...inferred, ...given]);
}

/** Nodes of the operations that the wanted tensors need, each found once. */
function neededOperations(recording: Recording, wanted: readonly number[]): Set<RecordedOperation> {
  const makerOf = new Map<number, RecordedOperation>();
  for (const operation of recording.operations)
    for (const id of operation.outputs) makerOf.set(id, operation);
  const needed = new Set<RecordedOperation>();
  const open = [...wanted];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const maker = makerOf.get(id);
    if (maker === undefined || needed.has(maker)) continue;
    needed.add(maker);
    open.push(...maker.inputs);
  }
  return needed;
}

/**
 * Runs a step once and turns what it did into the nodes of a TensorFlow graph.
 *
 * Inputs become placeholders, variables become resource variables that are assigned when the step changed
 * them, every other tensor that comes from outside becomes a constant; what no output needs is dropped.
 * The variables keep the values that they had before.
 */
export function traceStep(
  step: (inputs: readonly Tensor[]) => Readonly<Record<string, Tensor>>,
  inputs: readonly Tensor[],
  variables: readonly Variable[],
): StepGraph {
  const outputs: Port[] = [];
  const recording = keepingValues(variables, () =>
    record(() => {
      tf.tidy(() => {
        for (const source of [...inputs, ...variables]) recordProbe(source);
        const results = step(inputs);
        for (const [name, tensor] of Object.entries(results)) {
          outputs.push({ name, shape: tensor.shape, dtype: tensor.dtype as Dtype });
          recordProbe(tensor);
        }
        for (const variable of variables) recordProbe(variable);
      });
    }),
  );

  const sourceCount = inputs.length + variables.length;
  const probedId = (operation: RecordedOperation | undefined) => operation?.inputs[0] as number;
  const { operations } = recording;
  const sinkCount = outputs.length + variables.length;
  const sourceIds = operations.slice(0, sourceCount).map(probedId);
  const sinkIds = operations.slice(operations.length - sinkCount).map(probedId);

  const reference = new Map<number, string>();
  const nodes: GraphNode[] = [...variableNodes(variables)];
  inputs.forEach((tensor, i) => {
    reference.set(sourceIds[i] as number, nodeNames.input(i));
    nodes.push(
      node(nodeNames.input(i), "Placeholder", [], {
        dtype: typeValue(codeOf(tensor.dtype)),
        shape: shapeValue(tensor.shape),
      }),
    );
  });
  variables.forEach((_, i) => {
    reference.set(sourceIds[inputs.length + i] as number, nodeNames.read(i));
  });

  const resolve = (id: number): string => {
    const found = reference.get(id);
    if (found !== undefined) return found;
    const constant = recording.constants.get(id);
    if (constant === undefined) throw new Error(`internal: tensor ${id} has no maker in the recording`);
    const name = `const_${id}`;
    const { dtype, shape, values } = constant;
    nodes.push(
      node(name, "Const", [], { dtype: typeValue(dtype), value: tensorValue(dtype, shape, values) }),
    );
    reference.set(id, name);
    return name;
  };

  const needed = neededOperations(recording, sinkIds);
  operations.forEach((operation, i) => {
    if (!needed.has(operation)) return;
    const name = `op_${i}`;
    nodes.push(
      node(name, operation.name, operation.inputs.map(resolve), attributesOf(operation, recording.dtypes)),
    );
    operation.outputs.forEach((id, place) => {
      reference.set(id, place === 0 ? name : `${name}:${place}`);
    });
  });

  outputs.forEach(({ dtype }, i) => {
    const attr = { T: typeValue(codeOf(dtype)) };
    nodes.push(node(nodeNames.output(i), "Identity", [resolve(sinkIds[i] as number)], attr));
  });
  const updated = variables.map((variable, i) => {
    const id = sinkIds[outputs.length + i] as number;
    if (id === sourceIds[inputs.length + i]) return false;
    const dtype = typeValue(codeOf(variable.dtype));
    const source = resolve(id);
    // An input is fed memory of JavaScript's; the variable must own its own.
    nodes.push(node(`new_${i}`, source.startsWith("in_") ? "DeepCopy" : "Identity", [source], { T: dtype }));
    nodes.push(
      node(`update_${i}`, "AssignVariableOp", [`var_${i}`, `new_${i}`, `^${nodeNames.read(i)}`], { dtype }),
    );
    return true;
  });
  nodes.push(
    barrier(
      nodeNames.updated,
      variables.flatMap((_, i) => (updated[i] ? [`update_${i}`] : [])),
    ),
  );
  return { nodes, outputs, updated };
}
