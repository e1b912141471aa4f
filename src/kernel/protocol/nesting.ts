const quote = 0x22;
const backslash = 0x5c;

/** Arrays and objects in each other; no message of the protocol needs a hundredth of it. */
const limit = 1000;

/**
 * Whether JSON goes so deep that what reads, copies or writes it would run out of stack, which ends the process.
 *
 * @param json - is not parsed.
 */
export function isTooDeep(json: Uint8Array): boolean {
  let depth = 0;
  let isInText = false;
  for (let i = 0; i < json.length; i++) {
    const byte = json[i] ?? 0;
    if (isInText) {
      if (byte === backslash) i++;
      else if (byte === quote) isInText = false;
    } else if (byte === quote) isInText = true;
    else if (isOpening(byte) && ++depth > limit) return true;
    else if (isClosing(byte)) depth--;
  }
  return false;
}

const isOpening = (byte: number) => byte === 0x5b || byte === 0x7b;
const isClosing = (byte: number) => byte === 0x5d || byte === 0x7d;
