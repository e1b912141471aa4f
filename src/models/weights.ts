import { readFile } from "node:fs/promises";
import { tf } from "../engine/tensorflow.ts";
import { FailureError } from "../errors.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsContent,
} from "../storage/safetensors/safetensors.ts";
import { storeFile } from "../storage/store-file.ts";
import type { NamedVariables } from "./model.ts";

/** Writes variables as a safetensors file, whole or not at all. */
export async function saveVariables(
  file: string,
  variables: NamedVariables,
  metadata: Readonly<Record<string, string>>,
): Promise<void> {
  const tensors = new Map(
    [...variables].map(([name, variable]) => [
      name,
      { shape: variable.shape, values: variable.dataSync<"float32">() },
    ]),
  );
  await storeFile(file, encodeSafetensors({ tensors, metadata }));
}

/**
 * Reads a safetensors file.
 *
 * @throws {FailureError} if it is missing or damaged.
 */
export async function readVariables(file: string): Promise<SafetensorsContent> {
  const bytes = await readFile(file).catch((cause: Error) => {
    throw new FailureError(
      {
        rule: "the weights of a run lie beside its record",
        got: cause.message,
        remedy: "run the row again with `h2t run`",
      },
      { cause },
    );
  });
  return decodeSafetensors(bytes, file);
}

/**
 * Assigns stored values to variables.
 *
 * @param content - as `readVariables` returned it; may hold more than `variables`.
 * @param file - where it came from, for the message.
 * @throws {FailureError} if a variable is missing there or has another shape.
 */
export function assignVariables(variables: NamedVariables, content: SafetensorsContent, file: string): void {
  const found = [...variables].map(([name, variable]) => {
    const stored = content.tensors.get(name);
    if (stored === undefined || stored.shape.join() !== variable.shape.join()) {
      throw new FailureError({
        rule: `the weights must fit the model, whose ${name} is [${variable.shape}]`,
        got: `${stored === undefined ? "none" : `[${stored.shape}]`} in ${file}`,
        remedy: "use the weights of a run with the same model, or run the row again",
      });
    }
    return { variable, values: stored.values };
  });
  for (const { variable, values } of found) {
    const tensor = tf.tensor(values, variable.shape, "float32");
    variable.assign(tensor);
    tensor.dispose();
  }
}
