import path from "node:path";
import { z } from "zod";
import { type DatasetName, datasetNames } from "../experiments/experiment.ts";
import { textOf } from "../storage/stored-files.ts";

/** All that is needed of a manifest; loading the data set checks the rest. */
const manifestSchema = z.looseObject({ digest: z.string() });

/** The digest that a pack's manifest states; undefined where there is no pack, or its manifest is damaged. */
async function packDigest(dataDir: string, name: DatasetName): Promise<string | undefined> {
  try {
    const text = await textOf(path.join(dataDir, name, "manifest.json"));
    return text === undefined ? undefined : manifestSchema.parse(JSON.parse(text)).digest;
  } catch {
    // Records are shown without the pack, so a damaged one must not stop that; `h2t doctor` reports it.
    return undefined;
  }
}

/**
 * The digests of the data sets that are packed now, by name.
 *
 * @param dataDir - holds a folder per data set.
 */
export async function packDigests(dataDir: string): Promise<Map<DatasetName, string>> {
  const digests = await Promise.all(datasetNames.map((name) => packDigest(dataDir, name)));
  return new Map(
    datasetNames.flatMap((name, i) => {
      const digest = digests[i];
      return digest === undefined ? [] : [[name, digest] as const];
    }),
  );
}
