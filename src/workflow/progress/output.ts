/** Where a command writes. */
export interface Output {
  /** Results. */
  readonly write: (text: string) => void;
  /** Errors, and progress as plain lines. */
  readonly writeError: (text: string) => void;
  /** The screen for a progress bar; absent when nobody watches one. */
  readonly terminal?: NodeJS.WritableStream;
}
