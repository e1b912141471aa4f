import type { Tensor, Variable } from "@tensorflow/tfjs-node-gpu";
import { attributeValue, type GraphNode, shapeValue, tensorValue } from "./graph-def.ts";
import { barrier, codeOf, node, nodeNames, sumNodes, typeValue, variableNodes } from "./graph-nodes.ts";
import type { RecordedOperation, Recording } from "./recording.ts";
import { type Port, recordStep } from "./step-recording.ts";

/** Graph of a traced step. */
export interface StepGraph {
  readonly nodes: readonly GraphNode[];
  /** Outputs in the order of the results; each is fetched as `out_<i>:0`. */
  readonly outputs: readonly Port[];
  /** Whether the step assigns the i-th variable. */
  readonly updated: readonly boolean[];
}

/** Type attributes that tfjs-node lets the eager runtime infer, and the index of the input that determines each. */
const inferredTypes: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ExpandDims: { T: 0, Tdim: 1 },
};

function attributesOf(operation: RecordedOperation, dtypes: Recording["dtypes"]): GraphNode["attr"] {
  const given = operation.attributes.map((item) => [item.name, attributeValue(item)] as const);
  const inferred = Object.entries(inferredTypes[operation.name] ?? {}).map(
    ([name, input]) => [name, typeValue(dtypes.get(operation.inputs[input] as number) as number)] as const,
  );
  return Object.fromEntries([...inferred, ...given]);
}

/** Finds the operations that the wanted tensors depend on. */
function neededOperations(recording: Recording, wanted: readonly number[]): Set<RecordedOperation> {
  const producerOf = new Map<number, RecordedOperation>();
  for (const operation of recording.operations)
    for (const id of operation.outputs) producerOf.set(id, operation);
  const needed = new Set<RecordedOperation>();
  const open = [...wanted];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const producer = producerOf.get(id);
    if (producer === undefined || needed.has(producer)) continue;
    needed.add(producer);
    open.push(...producer.inputs);
  }
  return needed;
}

/** Converts the operations of a recording to named nodes. */
class GraphWriter {
  readonly nodes: GraphNode[] = [];
  readonly #recording: Recording;
  readonly #references = new Map<number, string>();

  constructor(recording: Recording) {
    this.#recording = recording;
  }

  /** Associates a tensor with the node that produces it. */
  name(id: number, reference: string): void {
    this.#references.set(id, reference);
  }

  /** Returns the node of a tensor; a tensor without a recorded producer becomes a constant. */
  reference(id: number): string {
    const found = this.#references.get(id);
    if (found !== undefined) return found;
    const constant = this.#recording.constants.get(id);
    if (constant === undefined) throw new Error(`internal: tensor ${id} has no producer in the recording`);
    const { dtype, shape, values } = constant;
    const name = `const_${id}`;
    const attr = { dtype: typeValue(dtype), value: tensorValue(dtype, shape, values) };
    this.nodes.push(node(name, "Const", [], attr));
    this.name(id, name);
    return name;
  }

  /** Adds the operations that the wanted tensors depend on, in execution order. */
  writeOperations(wanted: readonly number[]): void {
    const { operations, dtypes } = this.#recording;
    const needed = neededOperations(this.#recording, wanted);
    operations.forEach((operation, i) => {
      if (!needed.has(operation)) return;
      const name = `op_${i}`;
      const inputs = operation.inputs.map((id) => this.reference(id));
      this.nodes.push(node(name, operation.name, inputs, attributesOf(operation, dtypes)));
      operation.outputs.forEach((id, index) => {
        this.name(id, index === 0 ? name : `${name}:${index}`);
      });
    });
  }
}

/**
 * Runs a step once and converts its operations to the nodes of a TensorFlow graph.
 *
 * Inputs become placeholders. Variables become resource variables, which are assigned if the step changes them.
 * All other external tensors become constants. Operations that no output depends on are dropped.
 * The variables' values are restored afterwards.
 */
export function traceStep(
  step: (inputs: readonly Tensor[]) => Readonly<Record<string, Tensor>>,
  inputs: readonly Tensor[],
  variables: readonly Variable[],
): StepGraph {
  const recording = recordStep(step, inputs, variables);
  const { outputs, inputIds, outputIds, oldIds, newIds } = recording;
  const writer = new GraphWriter(recording);
  const { nodes } = writer;

  nodes.push(...variableNodes(variables), ...sumNodes(variables));
  inputs.forEach(({ dtype, shape }, i) => {
    writer.name(inputIds[i] as number, nodeNames.input(i));
    const attr = { dtype: typeValue(codeOf(dtype)), shape: shapeValue(shape) };
    nodes.push(node(nodeNames.input(i), "Placeholder", [], attr));
  });
  oldIds.forEach((id, i) => {
    writer.name(id, nodeNames.read(i));
  });
  writer.writeOperations([...outputIds, ...newIds]);
  outputs.forEach(({ dtype }, i) => {
    const source = writer.reference(outputIds[i] as number);
    nodes.push(node(nodeNames.output(i), "Identity", [source], { T: typeValue(codeOf(dtype)) }));
  });

  const updated = newIds.map((id, i) => id !== oldIds[i]);
  variables.forEach((variable, i) => {
    if (!updated[i]) return;
    const dtype = typeValue(codeOf(variable.dtype));
    const source = writer.reference(newIds[i] as number);
    // The memory of an input belongs to JavaScript, so the variable needs its own.
    const copy = inputs.some((_, index) => source === nodeNames.input(index)) ? "DeepCopy" : "Identity";
    const after = [`var_${i}`, `new_${i}`, `^${nodeNames.read(i)}`];
    nodes.push(node(`new_${i}`, copy, [source], { T: dtype }));
    nodes.push(node(`update_${i}`, "AssignVariableOp", after, { dtype }));
  });
  const updates = updated.flatMap((assigned, i) => (assigned ? [`update_${i}`] : []));
  nodes.push(barrier(nodeNames.updated, updates));
  return { nodes, outputs, updated };
}
