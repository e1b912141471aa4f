const name = "h2t-kit.kernel.suspendAsyncChecks";

/** What the inspector evaluates on the main thread, in the midst of whatever runs there, before it ends that. */
export const suspendAsyncChecks = `globalThis[Symbol.for("${name}")]()`;

/**
 * Lets what runs on the main thread be ended from outside.
 *
 * Node keeps a stack of what runs asynchronously, and where anybody listens to it, as AsyncLocalStorage does, it aborts the process
 * when something ends without leaving that stack in order. So its checks are suspended before, and when the end has come the stack
 * is emptied, as Node itself does after an exception that nobody caught. Emptying it before would not do: between the two orders
 * JavaScript runs on and fills it again.
 *
 * @returns resumes the checks; to be called once for each end.
 */
export function allowTermination(): () => void {
  const wrap = asyncWrap();
  if (wrap === undefined) {
    Object.defineProperty(globalThis, Symbol.for(name), { value: () => {} });
    return () => {};
  }
  const { async_hook_fields: fields, constants, clearAsyncIdStack } = wrap;
  const { kTotals, kCheck } = constants;
  const suspended = { [kTotals]: 0, [kCheck]: 0 };
  let ends = 0;

  const suspend = () => {
    ends++;
    for (const field of [kTotals, kCheck]) {
      suspended[field] = (suspended[field] ?? 0) + (fields[field] ?? 0);
      fields[field] = 0;
    }
  };
  Object.defineProperty(globalThis, Symbol.for(name), { value: suspend });

  return () => {
    if (--ends > 0) return;
    clearAsyncIdStack();
    for (const field of [kTotals, kCheck]) {
      fields[field] = (fields[field] ?? 0) + (suspended[field] ?? 0);
      suspended[field] = 0;
    }
  };
}

interface AsyncWrap {
  /** How many listen to what, and whether Node checks its stack. */
  readonly async_hook_fields: Uint32Array;
  readonly constants: { readonly kTotals: number; readonly kCheck: number };
  clearAsyncIdStack(): void;
}

/**
 * There is no public way there, and Node's warning that this is none is of no use to the user. From version 24 on there is none at
 * all, nor a need: AsyncLocalStorage no longer listens to that stack, and the flag in the kernel's command line does the rest.
 */
function asyncWrap(): AsyncWrap | undefined {
  const { noDeprecation = false } = process;
  process.noDeprecation = true;
  const { binding } = process as unknown as { binding(name: string): AsyncWrap };
  try {
    return binding("async_wrap");
  } catch {
    return undefined;
  } finally {
    process.noDeprecation = noDeprecation;
  }
}
