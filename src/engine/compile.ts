import type { Tensor, Variable } from "@tensorflow/tfjs-node-gpu";
import { UsageError } from "../errors.ts";
import { uninterrupted } from "../notebook/uninterrupted.ts";
import type { Dtype, TensorValues } from "./native-backend.ts";
import { traceStep } from "./step-graph.ts";
import { tf } from "./tensorflow.ts";
import { Trace, type TraceInput } from "./trace.ts";
import { writeBack } from "./variable-copies.ts";

/** Shape and type of an input; `null` in the shape stands for the batch size, which may vary between runs. */
export interface InputSpec {
  readonly shape: readonly (number | null)[];
  readonly dtype: Dtype;
}

/** Step that runs as one TensorFlow graph. */
export interface CompiledStep<Inputs extends string, Outputs extends string> {
  /**
   * Runs the step. The first run with a batch size traces it (about a second for ResNet-32); later runs only execute it.
   *
   * @param inputs - flat values of each input; the arrays may be reused after `run` returns.
   * @returns flat values of each output.
   * @throws {UsageError} if an input is missing or has another type or length, after `dispose`, or if the step reads a tensor
   *   back while it is traced.
   */
  run(inputs: Readonly<Record<Inputs, TensorValues>>): Record<Outputs, TensorValues>;
  /**
   * Finds the variables that contain a non-finite number after the last run, or whose sum exceeds single precision.
   *
   * The cost is below the timing noise of a ResNet-32 step.
   */
  nonFinite(): Variable[];
  /** Copies the current values into the `tf.Variable`s. The next run sees any assignment to them. */
  writeBack(): void;
  /** Writes the variables back and frees the graphs. */
  dispose(): void;
}

const arrayTypes: Record<Dtype, typeof Float32Array | typeof Int32Array> = {
  float32: Float32Array,
  int32: Int32Array,
};

/** Computes the shape of given values by resolving the open batch size. */
function shapeOf(name: string, { shape, dtype }: InputSpec, values: TensorValues | undefined): number[] {
  const described = `${dtype} [${shape.map((size) => size ?? "batch").join(", ")}]`;
  const expected = arrayTypes[dtype];
  if (values === undefined) {
    throw new UsageError({
      code: "INPUT_MISSING",
      problem: `input "${name}" (${described}) is missing`,
      fix: `pass a ${expected.name}`,
    });
  }
  if (!(values instanceof expected)) {
    throw new UsageError({
      code: "INPUT_TYPE",
      problem: `expected a ${expected.name} for input "${name}" (${described}), got ${Object.prototype.toString.call(values).slice(8, -1)}`,
      fix: `convert the values to a ${expected.name}`,
    });
  }
  const inner = shape.reduce<number>((product, size) => product * (size ?? 1), 1);
  const batch = values.length / inner;
  const open = shape.includes(null);
  if (!Number.isInteger(batch) || batch < 1 || (!open && batch !== 1)) {
    throw new UsageError({
      code: "INPUT_LENGTH",
      problem: `expected ${open ? `a positive multiple of ${inner}` : inner} values for input "${name}" (${described}), got ${values.length}`,
      fix: open ? `pass ${inner} values per example` : `pass ${inner} values`,
    });
  }
  return shape.map((size) => size ?? batch);
}

/**
 * Turns a step written in plain TensorFlow.js, autodiff included, into a TensorFlow graph.
 *
 * The step runs once to record its native operations; their results then have valid shapes but no meaningful values.
 * The operations become one graph, which TensorFlow optimises and runs as a whole.
 * JavaScript numbers become constants of the graph, so a number that changes between runs (a learning rate, λ of mixup) must be an input.
 * Shapes are constants as well. A batch of another size, such as the last one of an epoch, gets a second trace.
 * Between runs the variables live inside the graph. The next run sees assignments to a `tf.Variable`, but reading one requires `writeBack` first.
 * Separately compiled steps may share variables.
 * Use it for a step that runs many times; a single evaluation is faster without it.
 *
 * @param step - function from inputs to named outputs; it may assign `variables` but must not create variables.
 * @param options.inputs - shape and type of each input.
 * @param options.variables - all `tf.Variable`s that the step reads or assigns.
 * @returns the compiled step; it is traced on its first run and must be disposed of.
 * @throws {UsageError} when it runs, if an input does not match its specification or the step reads a tensor back.
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

  const newTrace = (feeds: readonly TraceInput[]) => {
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
          code: "STEP_DISPOSED",
          problem: "the compiled step has been disposed of",
          fix: "compile the step again",
        });
      }
      const feeds = specs.map(([name, spec]) => {
        const values = inputs[name];
        return { shape: shapeOf(name, spec, values), dtype: spec.dtype, values };
      });
      const key = JSON.stringify(feeds.map(({ shape }) => shape));
      const { found, results } = uninterrupted(() => {
        const found = traces.get(key) ?? newTrace(feeds);
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
      for (const { trace } of traces.values()) trace.close();
      traces.clear();
      latest = undefined;
      disposed = true;
    },
  };
}
