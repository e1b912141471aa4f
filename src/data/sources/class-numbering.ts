/**
 * The classes with their numbers, in one line; of many the first and the last.
 *
 * @example describeNumbering(["cat", "dog"]); // → "0 cat, 1 dog"
 */
export function describeNumbering(classNames: readonly string[]): string {
  const numbered = classNames.map((name, label) => `${label} ${name}`);
  const shown = numbered.length > 10 ? [...numbered.slice(0, 3), "…", ...numbered.slice(-1)] : numbered;
  return shown.join(", ");
}
