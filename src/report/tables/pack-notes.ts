import { datasetTitles } from "../setting-titles.ts";
import { differingPacks, shortDigest } from "./choose-packs.ts";
import type { Pack, ShownPacks } from "./table-model.ts";

const packText = ({ origin, digest }: Pack) => `${origin} images (digest ${shortDigest(digest)})`;

/** That the two columns were measured on different images, so that nothing is subtracted across them. */
function differenceNote({ dataset, shipped, yours }: ShownPacks): string {
  const text = (pack: Pack | null) => (pack === null ? "" : packText(pack));
  return `${datasetTitles[dataset]}: shipped on ${text(shipped)}, yours on ${text(yours)}. These are different packs, so no gain is computed across them.`;
}

/** Which records the table leaves out, and how to see them. */
function hiddenNote({ dataset, hidden }: ShownPacks): string[] {
  return hidden.map((pack) => {
    const records = `${pack.records} ${pack.records === 1 ? "record" : "records"}`;
    return `${datasetTitles[dataset]}: ${records} on ${packText(pack)} not shown. To see them: --data-digest ${shortDigest(pack.digest)}`;
  });
}

/** The remarks on which packs of the images a table shows. */
export const packNotes = (packs: readonly ShownPacks[]): string[] => [
  ...differingPacks(packs).map(differenceNote),
  ...packs.flatMap(hiddenNote),
];
