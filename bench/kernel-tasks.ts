interface Asked {
  /** Its name, as Jupyter knows it. */
  readonly kernel: string;
}

interface Code extends Asked {
  readonly code: string;
}

/** What kernel_worker.py does with a Jupyter kernel, and the settings of each. */
export interface KernelTasks {
  /** Until it has said what it is. */
  readonly start: Asked;
  readonly cell: Code;
  /** The completions at the end of some code. */
  readonly complete: Code;
  readonly stop: Asked;
}
