/** A two-colour fill of a shape. */
export interface Texture {
  readonly name: string;
  /** Whether a point inside has the second colour; `depth` is its distance from the outline. */
  isSecond(x: number, y: number, depth: number): boolean;
}

/** Whether t is in an odd stripe of the given width. */
const odd = (t: number, width: number) => (Math.floor(t / width) & 1) === 1;

/** Ten fills. */
export const textures: readonly Texture[] = [
  { name: "plain", isSecond: () => false },
  { name: "hollow", isSecond: (_x, _y, depth) => depth > 0.2 },
  { name: "striped", isSecond: (x) => odd(x, 0.34) },
  { name: "halved", isSecond: (_x, y) => y > 0 },
  { name: "chequered", isSecond: (x, y) => odd(x, 0.45) !== odd(y, 0.45) },
  { name: "quartered", isSecond: (x, y) => x * y > 0 },
  { name: "banded", isSecond: (_x, y) => Math.abs(y) < 0.22 },
  { name: "dotted", isSecond: (x, y) => dot(x) ** 2 + dot(y) ** 2 < 0.035 },
  { name: "crossed", isSecond: (x, y) => Math.min(Math.abs(x), Math.abs(y)) < 0.14 },
  { name: "eyed", isSecond: (x, y) => x * x + y * y < 0.12 },
];

/** Offset from the nearest centre of a lattice of dots. */
function dot(t: number): number {
  return t - 0.56 * Math.round(t / 0.56);
}
