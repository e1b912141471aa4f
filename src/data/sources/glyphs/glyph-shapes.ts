/** An outline in the plane, about as large as the unit disc and centred on the origin. */
export interface Shape {
  readonly name: string;
  /** Signed distance to the outline, negative inside. Outside, it never exceeds the true distance, but may be smaller. */
  distance(x: number, y: number): number;
}

/** Returns the unit normals of a regular polygon's sides. */
function normals(sides: number): readonly (readonly [number, number])[] {
  return Array.from({ length: sides }, (_, i) => {
    const angle = (2 * Math.PI * i) / sides;
    return [Math.cos(angle), Math.sin(angle)];
  });
}

/** Regular polygon: the maximum over the half-planes of its sides. */
function polygon(name: string, sides: number, inradius: number): Shape {
  const directions = normals(sides);
  return {
    name,
    distance(x, y) {
      let farthest = -Infinity;
      for (const [nx, ny] of directions) farthest = Math.max(farthest, nx * x + ny * y);
      return farthest - inradius;
    },
  };
}

/** Pentagram: the second largest over five half-planes, because a tip is outside only one of them. */
function star(inradius: number): Shape {
  const directions = normals(5);
  return {
    name: "star",
    distance(x, y) {
      let farthest = -Infinity;
      let second = -Infinity;
      for (const [nx, ny] of directions) {
        const far = nx * x + ny * y;
        second = Math.max(second, Math.min(farthest, far));
        farthest = Math.max(farthest, far);
      }
      return second - inradius;
    },
  };
}

const length = (x: number, y: number) => Math.sqrt(x * x + y * y);
const box = (x: number, y: number, halfWidth: number, halfHeight: number) =>
  Math.max(Math.abs(x) - halfWidth, Math.abs(y) - halfHeight);

/** Ten outlines; some pairs (disc and pentagon, square and pentagon, ring and disc) are hard to learn from a few images. */
export const shapes: readonly Shape[] = [
  { name: "disc", distance: (x, y) => length(x, y) - 0.88 },
  polygon("square", 4, 0.75),
  polygon("triangle", 3, 0.56),
  { name: "ring", distance: (x, y) => Math.abs(length(x, y) - 0.66) - 0.26 },
  { name: "plus", distance: (x, y) => Math.min(box(x, y, 0.95, 0.32), box(x, y, 0.32, 0.95)) },
  polygon("pentagon", 5, 0.78),
  { name: "half-disc", distance: (x, y) => Math.max(length(x + 0.4, y) - 1, -x - 0.4) },
  star(0.36),
  { name: "crescent", distance: (x, y) => Math.max(length(x, y) - 0.95, 0.72 - length(x - 0.5, y)) },
  { name: "pill", distance: (x, y) => length(Math.max(Math.abs(x) - 0.55, 0), y) - 0.45 },
];
