import { UsageError } from "../errors.ts";
import { shortDigest } from "../report/tables/choose-packs.ts";
import type { StoredRecord } from "../runs/records.ts";

/** Each pack with records, as the reader types it: `afe922586a3c (cifar10, re-encoded)`. */
function packsOf(records: readonly StoredRecord[]): Map<string, string> {
  return new Map(
    records.map(({ record: { data, configuration } }) => [
      data.digest,
      `${shortDigest(data.digest)} (${configuration.dataset}, ${data.origin})`,
    ]),
  );
}

/**
 * Records on the pack that a reader names; those of other data sets stay.
 *
 * @param records - as `readRecords` returns them.
 * @param wanted - the beginning of a pack's digest; every record stays where it is undefined.
 * @throws {UsageError} `DATA_DIGEST_UNKNOWN`, `DATA_DIGEST_AMBIGUOUS`; the message lists the packs with records.
 */
export function onDataDigest(
  records: readonly StoredRecord[],
  wanted: string | undefined,
): readonly StoredRecord[] {
  if (wanted === undefined) return records;
  const packs = packsOf(records);
  const [digest, ...others] = [...packs.keys()].filter((one) => one.startsWith(wanted));
  if (digest === undefined) {
    throw new UsageError({
      code: "DATA_DIGEST_UNKNOWN",
      problem: `no record was measured on a pack whose digest begins with "${wanted}"`,
      fix: packs.size === 0 ? "run rows first" : `use one of ${[...packs.values()].join(", ")}`,
    });
  }
  if (others.length > 0) {
    throw new UsageError({
      code: "DATA_DIGEST_AMBIGUOUS",
      problem: `the digests of ${others.length + 1} packs begin with "${wanted}"`,
      fix: `type more of one: ${[digest, ...others].map((one) => packs.get(one)).join(", ")}`,
    });
  }
  const datasets = new Set(
    records.flatMap(({ record }) => (record.data.digest === digest ? [record.configuration.dataset] : [])),
  );
  return records.filter(
    ({ record }) => record.data.digest === digest || !datasets.has(record.configuration.dataset),
  );
}
