import { dtypeCodes, type NativeBinding, type TensorMetadata } from "./native-backend.ts";

/**
 * Replaces results of which only the shape matters, so that no more than one tensor of each shape is held in memory.
 *
 * Only float32 tensors are replaced: integers may be indices, which operations check.
 */
export class StandIns {
  readonly #binding: NativeBinding;
  readonly #idByShape = new Map<string, number>();

  constructor(binding: NativeBinding) {
    this.#binding = binding;
  }

  /** A tensor of the same type and shape, with an id of its own and somebody else's values. */
  replace(result: TensorMetadata): TensorMetadata {
    if (result.dtype !== dtypeCodes.float32) return result;
    const key = result.shape.join();
    const kept = this.#idByShape.get(key);
    if (kept === undefined) this.#idByShape.set(key, result.id);
    else this.#binding.deleteTensor(result.id);
    // Identity gives a new id for the same memory.
    return this.#binding.executeOp("Identity", [], [kept ?? result.id], 1)[0] as TensorMetadata;
  }

  /** Frees the tensors that were kept; those that `replace` returned stay valid. */
  dispose(): void {
    for (const id of this.#idByShape.values()) this.#binding.deleteTensor(id);
    this.#idByShape.clear();
  }
}
