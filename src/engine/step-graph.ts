import type { Tensor, Variable } from "@tensorflow/tfjs-node-gpu";
import { attributeValue, type GraphNode, shapeValue, tensorValue } from "./graph-def.ts";
import { barrier, codeOf, node, nodeNames, sumNodes, typeValue, variableNodes } from "./graph-nodes.ts";
import type { RecordedOperation, Recording } from "./recording.ts";
import { type Port, recordStep } from "./step-recording.ts";

/** A traced step, ready to be written as a TensorFlow graph. */
export interface StepGraph {
  readonly nodes: readonly GraphNode[];
  /** In the order of the results; each is fetched as `out_<i>:0`. */
  readonly outputs: readonly Port[];
  /** Whether the step assigns the variable of that place. */
  readonly updated: readonly boolean[];
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

/** Writes a recording's operations as nodes, under names by which others refer to them. */
class GraphWriter {
  readonly nodes: GraphNode[] = [];
  readonly #recording: Recording;
  readonly #references = new Map<number, string>();

  constructor(recording: Recording) {
    this.#recording = recording;
  }

  /** Lets a tensor be known by the node that stands for it. */
  name(id: number, reference: string): void {
    this.#references.set(id, reference);
  }

  /** The node of a tensor; one that nothing recorded has made becomes a constant. */
  reference(id: number): string {
    const found = this.#references.get(id);
    if (found !== undefined) return found;
    const constant = this.#recording.constants.get(id);
    if (constant === undefined) throw new Error(`internal: tensor ${id} has no maker in the recording`);
    const { dtype, shape, values } = constant;
    const name = `const_${id}`;
    const attr = { dtype: typeValue(dtype), value: tensorValue(dtype, shape, values) };
    this.nodes.push(node(name, "Const", [], attr));
    this.name(id, name);
    return name;
  }

  /** Writes the operations that the wanted tensors need, in the order in which they ran. */
  writeOperations(wanted: readonly number[]): void {
    const { operations, dtypes } = this.#recording;
    const needed = neededOperations(this.#recording, wanted);
    operations.forEach((operation, i) => {
      if (!needed.has(operation)) return;
      const name = `op_${i}`;
      const inputs = operation.inputs.map((id) => this.reference(id));
      this.nodes.push(node(name, operation.name, inputs, attributesOf(operation, dtypes)));
      operation.outputs.forEach((id, place) => {
        this.name(id, place === 0 ? name : `${name}:${place}`);
      });
    });
  }
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
    // An input is fed memory of JavaScript's; the variable must own its own.
    const copy = inputs.some((_, place) => source === nodeNames.input(place)) ? "DeepCopy" : "Identity";
    const after = [`var_${i}`, `new_${i}`, `^${nodeNames.read(i)}`];
    nodes.push(node(`new_${i}`, copy, [source], { T: dtype }));
    nodes.push(node(`update_${i}`, "AssignVariableOp", after, { dtype }));
  });
  const updates = updated.flatMap((assigned, i) => (assigned ? [`update_${i}`] : []));
  nodes.push(barrier(nodeNames.updated, updates));
  return { nodes, outputs, updated };
}
