import type { Forces } from "../../analysis/analysis.ts";

/** Kept or replaced channels, and the inequality that the paper derives on them. */
export interface ForcePart {
  readonly title: string;
  /** The class that the inequality wants above the other one. */
  readonly above: "tail" | "head";
  readonly pairs: readonly ForcePair[];
  /** Over all pairs. */
  readonly mean: Measured;
}

type Measured = NonNullable<Forces["pairs"][number]["kept"]>;

/** A pair of classes, and what was measured of it. */
export interface ForcePair extends Measured {
  /** `7–0`, tail class first. */
  readonly label: string;
}

function meanOf(pairs: readonly Measured[]): Measured {
  const mean = (value: (of: Measured) => number) =>
    pairs.reduce((sum, of) => sum + value(of), 0) / pairs.length;
  return {
    tail: mean(({ tail }) => tail),
    head: mean(({ head }) => head),
    lengths: { tail: mean(({ lengths }) => lengths.tail), head: mean(({ lengths }) => lengths.head) },
    share: mean(({ share }) => share),
  };
}

/** The parts of the channels that have any: the kept ones of Eq. 10, the replaced ones of Eq. 8. */
export function forceParts({ pairs }: Forces): ForcePart[] {
  const parts = [
    { key: "kept", title: "Kept channels, Eq. 10", above: "tail" },
    { key: "replaced", title: "Replaced channels, Eq. 8", above: "head" },
  ] as const;
  return parts.flatMap(({ key, title, above }) => {
    const measured = pairs.flatMap(({ tail, head, [key]: part }) =>
      part === null ? [] : [{ label: `${tail}–${head}`, ...part }],
    );
    return measured.length === 0 ? [] : [{ title, above, pairs: measured, mean: meanOf(measured) }];
  });
}
