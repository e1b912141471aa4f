/** Where a command writes: results to `write`, progress and errors to `writeError`. */
export interface Output {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
}
