import type { Tensor, Variable } from "@tensorflow/tfjs-node-gpu";
import { UsageError } from "../errors.ts";
import { uninterrupted } from "../notebook/uninterrupted.ts";
import type { Dtype, TensorValues } from "./native-backend.ts";
import { traceStep } from "./step-graph.ts";
import { tf } from "./tensorflow.ts";
import { Trace, type TraceInput } from "./trace.ts";
import { writeBack } from "./variable-copies.ts";

/** What an input must be; `null` in the shape stands for the batch, which may differ from run to run. */
export interface InputSpec {
  readonly shape: readonly (number | null)[];
  readonly dtype: Dtype;
}

/** A step that runs as one TensorFlow graph. */
export interface CompiledStep<Inputs extends string, Outputs extends string> {
  /**
   * Runs the step. The first run with a batch size traces it (about a second for ResNet-32), later ones only run it.
   *
   * @param inputs - flat values of each input; they may be reused once `run` has returned.
   * @returns flat values of each output.
   * @throws {UsageError} on a missing, misshapen or wrongly typed input, after `dispose`, and if the step that is traced reads a tensor
   *   back.
   */
  run(inputs: Readonly<Record<Inputs, TensorValues>>): Record<Outputs, TensorValues>;
  /**
   * The variables that the last run left with a value which is not a finite number, or with a sum beyond single precision; what it
   * costs is lost in the noise of ResNet-32's step.
   */
  nonFinite(): Variable[];
  /** Brings the values of the step's variables into the `tf.Variable`s; assigning those is seen by the next run. */
  writeBack(): void;
  /** Writes the variables back and frees the graphs. */
  dispose(): void;
}

const arrayTypes: Record<Dtype, typeof Float32Array | typeof Int32Array> = {
  float32: Float32Array,
  int32: Int32Array,
};

/** The shape of the values that came, from the one size that the specification leaves open. */
function shapeOf(name: string, { shape, dtype }: InputSpec, values: TensorValues | undefined): number[] {
  const rule = `input "${name}" is ${dtype} [${shape.map((size) => size ?? "batch").join(", ")}]`;
  const expected = arrayTypes[dtype];
  if (!(values instanceof expected)) {
    const got = values === undefined ? "nothing" : Object.prototype.toString.call(values).slice(8, -1);
    throw new UsageError({ rule, got, remedy: `pass a ${expected.name}` });
  }
  const inner = shape.reduce<number>((product, size) => product * (size ?? 1), 1);
  const batch = values.length / inner;
  const open = shape.includes(null);
  if (!Number.isInteger(batch) || batch < 1 || (!open && batch !== 1)) {
    throw new UsageError({
      rule,
      got: `${values.length} values`,
      remedy: open ? `pass a multiple of ${inner}` : `pass ${inner} values`,
    });
  }
  return shape.map((size) => size ?? batch);
}

/**
 * Turns a step written in plain TensorFlow.js, autodiff included, into a TensorFlow graph.
 *
 * The step is run once to record its native operations, whose results have shapes but no values of use
 * then; they become one graph, which TensorFlow optimises and runs as a whole. A number that changes from run to run (a learning rate, λ of mixup)
 * must be an input: a JavaScript number is frozen into the graph. Shapes are frozen too; a batch of
 * another size, such as the last one of an epoch, is traced anew and kept beside the first.
 * The variables live inside the graph between runs: assigning a `tf.Variable` is seen by the next
 * run, and reading one needs `writeBack` first. Steps compiled apart may share variables.
 *
 * @param step - from inputs to named outputs; it may assign `variables` and must not make new ones.
 * @param options.inputs - shape and type of each input.
 * @param options.variables - every `tf.Variable` that the step reads or assigns.
 * @returns the step, which is traced when it first runs, and throws then what cannot be traced; dispose of it at the end.
 * @example
 * const w = tf.variable(tf.scalar(2));
 * const double = compile(({ x }) => ({ y: tf.mul(x, w) }), {
 *   inputs: { x: { shape: [null], dtype: "float32" } }, variables: [w],
 * });
 * double.run({ x: Float32Array.of(1, 2) }).y; // → Float32Array [2, 4]
 */
export function compile<Inputs extends string, Outputs extends string>(
  step: (inputs: Record<Inputs, Tensor>) => Record<Outputs, Tensor>,
  options: { readonly inputs: Readonly<Record<Inputs, InputSpec>>; readonly variables: readonly Variable[] },
): CompiledStep<Inputs, Outputs> {
  const specs = Object.entries(options.inputs) as [Inputs, InputSpec][];
  const { variables } = options;
  const traces = new Map<string, { trace: Trace; outputs: readonly string[] }>();
  let latest: Trace | undefined;
  let disposed = false;

  const trace = (feeds: readonly TraceInput[]) => {
    writeBack(variables);
    const tensors = feeds.map(({ shape, dtype, values }) => tf.tensor(values.slice(), shape, dtype));
    try {
      const named = (list: readonly Tensor[]) =>
        Object.fromEntries(specs.map(([name], i) => [name, list[i]])) as Record<Inputs, Tensor>;
      const graph = traceStep((list) => step(named(list)), tensors, variables);
      return { trace: new Trace(graph, variables), outputs: graph.outputs.map(({ name }) => name) };
    } finally {
      tf.dispose(tensors);
    }
  };

  return {
    run(inputs) {
      if (disposed) {
        throw new UsageError({
          rule: "a compiled step runs until it is disposed of",
          got: "a run after dispose()",
          remedy: "compile the step again",
        });
      }
      const feeds = specs.map(([name, spec]) => {
        const values = inputs[name];
        return { shape: shapeOf(name, spec, values), dtype: spec.dtype, values };
      });
      const key = JSON.stringify(feeds.map(({ shape }) => shape));
      const { found, results } = uninterrupted(() => {
        const found = traces.get(key) ?? trace(feeds);
        traces.set(key, found);
        latest = found.trace;
        return { found, results: found.trace.run(feeds) };
      });
      return Object.fromEntries(found.outputs.map((name, i) => [name, results[i]])) as Record<
        Outputs,
        TensorValues
      >;
    },
    nonFinite: () => latest?.nonFinite() ?? [],
    writeBack: () => writeBack(variables),
    dispose() {
      for (const { trace: one } of traces.values()) one.close();
      traces.clear();
      latest = undefined;
      disposed = true;
    },
  };
}
