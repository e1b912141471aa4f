/**
 * A time span for a reader: `42 s`, `7 min`, `2 h 5 min`.
 *
 * @param seconds - at least 0; rounded to the unit shown.
 * @example duration(7500); // → "2 h 5 min"
 */
export function duration(seconds: number): string {
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
