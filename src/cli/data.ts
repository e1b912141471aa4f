import { existsSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import type { Dataset, ImageOrigin } from "../images/image-set.ts";
import { type DatasetName, datasetNames } from "../paper/experiment.ts";
import { interruptible, ofPreparation } from "./interruption.ts";
import { oneOf } from "./option-values.ts";
import type { Output } from "./output.ts";
import { paths } from "./paths.ts";

const examples = `
Examples:
  h2t data cifar10                              download, verify and pack the official images
  h2t data cifar10 --from cifar-10-binary.tar.gz
  h2t data cifar10 --from my-images             from {train,test}/<class>/*.{png,jpg}, a folder or a tar
  h2t data glyphs-10                            draw images here; needs no network

A cut download goes on where it stopped when the command is repeated.`;

const originNotes = {
  official: "official bytes, SHA-256 verified",
  "re-encoded": "not the official bytes: every table and figure made from them says so",
  generated: "drawn by this kit: every table and figure made from them says so",
} as const satisfies Record<ImageOrigin, string>;

/** `h2t data DATASET [--from PATH] [--data DIR]`: makes a data set ready for use. */
export const dataCommand = (output: Output): Command =>
  new Command("data")
    .description("Make a data set ready for use: download or read or draw it, verify it, pack it.")
    .argument("<dataset>", datasetNames.join(", "), oneOf("DATASET", datasetNames))
    .option("--from <path>", "an archive or a folder of images to pack")
    .option("--data <dir>", "where packed data sets lie (default: data in the kit's folder)")
    .addHelpText("after", examples)
    .action(async (name: DatasetName, { from, data }: { from?: string; data?: string }) => {
      const dataDir = path.resolve(data ?? paths.data);
      const folder = path.join(dataDir, name);
      const present = from === undefined ? await packedIn(folder, name) : undefined;
      if (present !== undefined) {
        output.write(`${describe(present)}\nAlready in ${folder}; remove that folder to make it anew.\n`);
        return;
      }
      const { prepareDataset } = await import("../images/prepare-dataset.ts");
      const { restorePack } = await import("../images/replace-pack.ts");
      const { whileLocked } = await import("../lock.ts");
      const { showProgress } = await import("./show-progress.ts");
      const { onProgress, end } = showProgress(output);
      const onWait = (owner: string) => output.writeError(`${name} is made by ${owner}; waiting\n`);
      const prepare = (signal: AbortSignal) =>
        whileLocked(folder, { onWait, signal }, async () => {
          await restorePack(folder);
          return (
            (from === undefined && (await packedIn(folder, name))) ||
            prepareDataset(name, { dataDir, onProgress, signal, ...(from && { from }) })
          );
        });
      const made = await interruptible(output, prepare, () => ofPreparation).finally(end);
      output.write(`${describe(made)}\nPacked in ${folder}.\n`);
    });

/** The data set if it is packed in `folder` and whole. */
async function packedIn(folder: string, name: string): Promise<Dataset | undefined> {
  // Asked first, because loading what can be drawn draws it, and silently.
  if (!existsSync(folder)) return undefined;
  const { loadDataset } = await import("../images/load-dataset.ts");
  const { FailureError } = await import("../errors.ts");
  return loadDataset(name, path.dirname(folder)).catch((error: unknown) => {
    if (error instanceof FailureError) return undefined;
    throw error;
  });
}

function describe({ name, origin, train, test }: Dataset): string {
  const [training, testing] = [train, test].map(({ labels }) => labels.length.toLocaleString("en"));
  return `${name}: ${training} training and ${testing} test images, ${originNotes[origin]}.`;
}
