import type { Embedding } from "../../analysis/analysis.ts";

const neighbours = 10;

/**
 * How far classes keep apart in the plane: the share of each point's ten nearest neighbours that are of its own class, over all points.
 *
 * @returns in [0, 1]; near the classes' own share where they are mixed up.
 */
export function separation({ x, y, labels }: Pick<Embedding, "x" | "y" | "labels">): number {
  const count = labels.length;
  let [same, all] = [0, 0];
  for (let point = 0; point < count; point++) {
    // The nearest so far, nearest first.
    const nearest: { readonly other: number; readonly distance: number }[] = [];
    for (let other = 0; other < count; other++) {
      if (other === point) continue;
      const across = (of: readonly number[]) => (of[other] as number) - (of[point] as number);
      const distance = across(x) ** 2 + across(y) ** 2;
      if (nearest.length === neighbours && distance >= (nearest.at(-1)?.distance ?? 0)) continue;
      const place = nearest.findIndex((one) => one.distance > distance);
      nearest.splice(place < 0 ? nearest.length : place, 0, { other, distance });
      if (nearest.length > neighbours) nearest.pop();
    }
    same += nearest.filter(({ other }) => labels[other] === labels[point]).length;
    all += nearest.length;
  }
  return same / all;
}
