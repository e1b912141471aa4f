import type { StoredRecord } from "../../runs/records.ts";
import type { Keeper, Pack, ShownPacks } from "./table-model.ts";

const origins = ["official", "re-encoded", "generated"] as const;

/** A pack with what decides whether it is shown. */
interface Candidate extends Pack {
  readonly newest: string;
  /** Whether it is the pack in the data folder today, with runs of the reader. */
  readonly isToday: boolean;
}

function candidatesOf(records: readonly StoredRecord[]): Candidate[] {
  const byDigest = new Map<string, StoredRecord[]>();
  for (const stored of records) {
    const { digest } = stored.record.data;
    byDigest.set(digest, [...(byDigest.get(digest) ?? []), stored]);
  }
  return [...byDigest].flatMap(([digest, own]) => {
    const [first] = own;
    if (first === undefined) return [];
    const starts = own.map(({ record }) => record.provenance.startedAt).sort();
    return {
      digest,
      origin: first.record.data.origin,
      records: own.length,
      newest: starts.at(-1) ?? "",
      isToday: own.some(({ onPack, keeper }) => onPack === true && keeper === "yours"),
    };
  });
}

const byOrigin = (a: Candidate, b: Candidate) => origins.indexOf(a.origin) - origins.indexOf(b.origin);
const byAge = (a: Candidate, b: Candidate) => (a.newest === b.newest ? 0 : a.newest > b.newest ? -1 : 1);
const byDigest = (a: Candidate, b: Candidate) => (a.digest < b.digest ? -1 : 1);

/** Which pack comes first: of shipped records the official one, of yours the one in the data folder, then the newest. */
const orders = {
  shipped: (a, b) => byOrigin(a, b) || byAge(a, b) || byDigest(a, b),
  yours: (a, b) => Number(b.isToday) - Number(a.isToday) || byAge(a, b) || byOrigin(a, b) || byDigest(a, b),
} as const satisfies Record<Keeper, (a: Candidate, b: Candidate) => number>;

const packOf = ({ digest, origin, records }: Candidate): Pack => ({ digest, origin, records });

/**
 * The one pack of each data set that either column of a table shows.
 *
 * Records of two packs never stand in one column: their numbers differ for a reason that no method has.
 *
 * @param records - of all rows of the table, under one profile.
 * @returns one entry per data set; `hidden` are the packs that neither column shows.
 */
export function choosePacks(records: readonly StoredRecord[]): ShownPacks[] {
  const datasets = [...new Set(records.map(({ record }) => record.configuration.dataset))].sort();
  return datasets.map((dataset) => {
    const own = records.filter(({ record }) => record.configuration.dataset === dataset);
    const sorted = (keeper: Keeper) =>
      candidatesOf(own.filter((stored) => stored.keeper === keeper)).sort(orders[keeper]);
    const [shipped, yours] = [sorted("shipped")[0] ?? null, sorted("yours")[0] ?? null];
    const hidden = candidatesOf(own).filter(
      ({ digest }) => digest !== shipped?.digest && digest !== yours?.digest,
    );
    return {
      dataset,
      shipped: shipped && packOf(shipped),
      yours: yours && packOf(yours),
      hidden: hidden.map(packOf),
    };
  });
}

/** Whether a record is on the pack that its column shows. */
export function isOnShownPack(packs: readonly ShownPacks[], { record, keeper }: StoredRecord): boolean {
  const shown = packs.find(({ dataset }) => dataset === record.configuration.dataset);
  return shown?.[keeper]?.digest === record.data.digest;
}

/** Data sets whose two columns show different packs. */
export const differingPacks = (packs: readonly ShownPacks[]) =>
  packs.filter(({ shipped, yours }) => shipped && yours && shipped.digest !== yours.digest);

/** Enough of a digest for a reader to type: `afe922586a3c`. */
export const shortDigest = (digest: string): string => digest.replace(/^([0-9a-f]{12})[0-9a-f]+$/, "$1");

/**
 * Records on one pack per data set, the preferred packs first: for figures, which show one.
 *
 * @param records - of any rows.
 * @returns at least one list; each holds records of one digest per data set.
 */
export function recordsByPack(records: readonly StoredRecord[]): (readonly StoredRecord[])[] {
  const datasets = [...new Set(records.map(({ record }) => record.configuration.dataset))];
  const digests = datasets.map((dataset) =>
    candidatesOf(records.filter(({ record }) => record.configuration.dataset === dataset))
      .sort((a, b) => Number(b.isToday) - Number(a.isToday) || orders.shipped(a, b))
      .map(({ digest }) => digest),
  );
  const rounds = Math.max(1, ...digests.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) => {
    const shown = new Set(digests.map((own) => own[Math.min(round, own.length - 1)]));
    return records.filter(({ record }) => shown.has(record.data.digest));
  });
}
