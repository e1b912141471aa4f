import { readFile } from "node:fs/promises";
import path from "node:path";
import { isAsWritten, manifestSchema } from "../../data/packs/manifest.ts";
import { recipes } from "../../data/packs/recipes.ts";
import { describeNumbering } from "../../data/sources/class-numbering.ts";
import type { Finding } from "./finding.ts";

const remedies = {
  cifar: (name: string) => `h2t data ${name}`,
  "tiny-imagenet": (name: string) => `h2t data ${name} --from PATH`,
  glyphs: () => "drawn when first needed",
} as const;

/** Which data sets are packed, whether their images are official, and how their classes are numbered; the demo needs none. */
export function checkDatasets(dataDir: string): Promise<Finding[]> {
  return Promise.all(
    recipes.map(async ({ name, kind }): Promise<Finding> => {
      const text = await readFile(path.join(dataDir, name, "manifest.json"), "utf8").catch(() => undefined);
      const again = `remove ${path.join(dataDir, name)} and repeat: ${remedies[kind](name)}`;
      if (text === undefined)
        return { name, status: "absent", detail: "not packed", remedy: remedies[kind](name) };
      const manifest = manifestOf(text);
      if (manifest === undefined) return { name, status: "missing", detail: "a damaged pack", remedy: again };
      const { counts, origin, classNames } = manifest;
      const images = `${counts.train.toLocaleString("en")} + ${counts.test.toLocaleString("en")} images`;
      return { name, status: "found", detail: `${images}, ${origin}; ${describeNumbering(classNames)}` };
    }),
  );
}

function manifestOf(text: string) {
  try {
    const manifest = manifestSchema.parse(JSON.parse(text));
    return isAsWritten(manifest, text) ? manifest : undefined;
  } catch {
    return undefined;
  }
}
