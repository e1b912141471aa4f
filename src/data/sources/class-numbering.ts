/**
 * Formats the classes with their numbers on one line, abbreviated if there are more than ten.
 *
 * @example describeNumbering(["cat", "dog"]); // → "0 cat, 1 dog"
 */
export function describeNumbering(classNames: readonly string[]): string {
  const numbered = classNames.map((name, label) => `${label} ${name}`);
  const shown = numbered.length > 10 ? [...numbered.slice(0, 3), "…", ...numbered.slice(-1)] : numbered;
  return shown.join(", ");
}
