/** Sorts the keys of every object in a value. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/**
 * Formats a value as JSON with sorted keys, so that equal values give equal text.
 *
 * @param value - plain data; a key whose value is undefined counts as absent.
 * @param readable - whether to indent and break lines; lists of numbers stay on one line. Without it, there are no spaces.
 * @example canonicalJson({ b: 1, a: [2] }); // → '{"a":[2],"b":1}'
 */
export function canonicalJson(value: unknown, readable = false): string {
  if (!readable) return JSON.stringify(sorted(value));
  const text = JSON.stringify(sorted(value), null, 2);
  return text.replace(/\[[\s\d.,eE+-]+\]/g, (list) =>
    list.replace(/\s+/g, " ").replace(/^\[ | \]$/g, (end) => end.trim()),
  );
}
