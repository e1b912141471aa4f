import type { Provenance } from "./provenance.ts";
import type { Engine, EpochsByEngine } from "./record.ts";

/** What a process trains by, of its provenance. */
export const engineOf = ({ versions, threads, oneDnn, device, commit }: Provenance): Engine => ({
  tensorflow: versions.tensorflow ?? "",
  ...{ threads, oneDnn, device, commit },
});

const keys = ["tensorflow", "threads", "oneDnn", "device", "commit"] as const satisfies (keyof Engine)[];
const differing = (a: Engine, b: Engine) => keys.filter((key) => a[key] !== b[key]);

/**
 * The engines of a run's epochs, after more of them by one, or none.
 *
 * @param before - of the epochs before, in their order.
 * @param untilEpoch - how many are finished now.
 */
export function withEngine(
  before: readonly EpochsByEngine[],
  engine: Engine,
  untilEpoch: number,
): EpochsByEngine[] {
  const last = before.at(-1);
  if (last?.untilEpoch === untilEpoch) return [...before];
  const earlier = last !== undefined && differing(last, engine).length === 0 ? before.slice(0, -1) : before;
  return [...earlier, { ...engine, untilEpoch }];
}

const valueText = (value: Engine[keyof Engine]) =>
  typeof value === "boolean" ? (value ? "on" : "off") : String(value ?? "unknown");
const names = {
  tensorflow: "TensorFlow",
  threads: "threads",
  oneDnn: "oneDNN",
  device: "device",
  commit: "commit",
} as const satisfies Record<keyof Engine, string>;

/**
 * What an engine has else than the one before, such as `threads 2 instead of 1`.
 *
 * @param before - none where a run begins.
 */
export const engineChanges = (before: Engine | undefined, engine: Engine): string[] =>
  before === undefined
    ? []
    : differing(before, engine).map(
        (key) => `${names[key]} ${valueText(engine[key])} instead of ${valueText(before[key])}`,
      );
