import fc from "fast-check";

/** Checks a property for 50 inputs, or as many as wanted; the same ones each time. */
export const always = <Input>(
  inputs: fc.Arbitrary<Input>,
  holds: (input: Input) => Promise<void>,
  numRuns = 50,
): Promise<void> => fc.assert(fc.asyncProperty(inputs, holds), { numRuns, seed: 8 });
