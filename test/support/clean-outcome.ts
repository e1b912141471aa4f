import { KitError } from "../../src/errors.ts";

/** A clean error, in one line, or a result. */
type Outcome<Result> = { readonly error: KitError } | { readonly result: Result };

/** What becomes of untrusted input: a result, or an error that tells the user what to do; any other error is thrown on. */
export async function cleanOutcome<Result>(use: () => Result | Promise<Result>): Promise<Outcome<Result>> {
  try {
    return { result: await use() };
  } catch (error) {
    if (!(error instanceof KitError) || error.message.includes("\n")) throw error;
    return { error };
  }
}
