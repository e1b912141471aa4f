import type { Embedding } from "../../paper/analysis.ts";

const neighbours = 10;

/**
 * How far classes keep apart in the plane: the share of each point's ten nearest neighbours that are of its own class, over all points.
 *
 * @returns in [0, 1]; near the classes' own share where they are mixed up.
 */
export function separation({ x, y, labels }: Pick<Embedding, "x" | "y" | "labels">): number {
  const points = [...labels.keys()];
  const nearest = (point: number) => {
    const distance = (other: number) =>
      ((x[other] as number) - (x[point] as number)) ** 2 + ((y[other] as number) - (y[point] as number)) ** 2;
    return points
      .filter((other) => other !== point)
      .map((other) => ({ other, distance: distance(other) }))
      .sort((a, b) => a.distance - b.distance || a.other - b.other)
      .slice(0, neighbours)
      .map(({ other }) => [labels[point], labels[other]]);
  };
  const pairs = points.flatMap(nearest);
  return pairs.filter(([own, other]) => own === other).length / pairs.length;
}
