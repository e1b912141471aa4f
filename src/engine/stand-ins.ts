import { dtypeCodes, type NativeBinding, type TensorMetadata } from "./native-backend.ts";

/**
 * Lets results of equal shape share one buffer while a step is recorded, when only shapes matter.
 *
 * Memory then holds a single tensor per shape. Int32 results keep their values, because operations check indices.
 */
export class SharedBuffers {
  readonly #binding: NativeBinding;
  readonly #idByShape = new Map<string, number>();

  constructor(binding: NativeBinding) {
    this.#binding = binding;
  }

  /** Returns a tensor of the same type and shape with its own id and the values of the shared buffer. */
  replace(result: TensorMetadata): TensorMetadata {
    if (result.dtype !== dtypeCodes.float32) return result;
    const key = result.shape.join();
    const shared = this.#idByShape.get(key);
    if (shared === undefined) this.#idByShape.set(key, result.id);
    else this.#binding.deleteTensor(result.id);
    // Identity creates a new id for the same memory.
    return this.#binding.executeOp("Identity", [], [shared ?? result.id], 1)[0] as TensorMetadata;
  }

  /** Frees the shared tensors; tensors that `replace` returned remain valid. */
  dispose(): void {
    for (const id of this.#idByShape.values()) this.#binding.deleteTensor(id);
    this.#idByShape.clear();
  }
}
