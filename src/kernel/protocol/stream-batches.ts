import type { StreamText } from "./posts.ts";

/** Milliseconds for which output waits for more. */
const patience = 20;
/** Characters that are enough for a message. */
const enough = 2 ** 18;

/**
 * Joins what one cell prints to one stream into fewer messages, in order and complete.
 *
 * @param publish - takes a batch.
 */
export function streamBatches(publish: (batch: StreamText) => void) {
  let pieces: string[] = [];
  let length = 0;
  let first: StreamText | undefined;
  let timer: NodeJS.Timeout | undefined;

  /** Publishes what waits; before any other message, so that the order is kept. */
  function flush() {
    clearTimeout(timer);
    if (first) publish({ ...first, text: pieces.join("") });
    first = undefined;
    pieces = [];
    length = 0;
  }

  function add(output: StreamText) {
    if (first?.name !== output.name || first.parent.msg_id !== output.parent.msg_id) {
      flush();
      first = output;
      timer = setTimeout(flush, patience);
    }
    pieces.push(output.text);
    length += output.text.length;
    if (length > enough) flush();
  }

  return { add, flush };
}
