/** One thing that set-up puts in place; doing it twice changes nothing. */
export interface Step {
  /** What is put in place, as a noun: "Python packages". */
  readonly name: string;
  /** How long it may take and what it downloads, for a step that keeps the user waiting. */
  readonly expectation?: string;
  /** Whether the thing is in place and belongs to the present sources. */
  isDone(): boolean;
  /** Puts the thing in place, whatever an earlier, interrupted attempt left behind. */
  run(): void;
}

/**
 * Runs the steps that are not done, in order, and says one line a step.
 *
 * @param steps - each may rely on those before it.
 * @param write - takes a piece of text; a line may come in two pieces, before and after the work.
 * @returns the number of steps that ran.
 * @example runSteps([kernelStep(folder)], (text) => process.stdout.write(text));
 */
export function runSteps(steps: readonly Step[], write: (text: string) => void): number {
  let ran = 0;
  for (const step of steps) {
    if (step.isDone()) continue;
    write(`${step.name}${step.expectation ? ` (${step.expectation})` : ""} ... `);
    const start = performance.now();
    try {
      step.run();
    } catch (error) {
      write("failed\n");
      throw error;
    }
    write(`${((performance.now() - start) / 1000).toFixed(1)} s\n`);
    ran++;
  }
  return ran;
}
