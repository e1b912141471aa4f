import { mkdir } from "node:fs/promises";
import path from "node:path";
import { Command, Option } from "commander";
import { FailureError, UsageError } from "../errors.ts";
import { type Profile, profiles, type StandInName, standInNames } from "../experiments/experiment.ts";
import { nearest } from "../experiments/nearest.ts";
import type { Figure } from "../report/figures/figure.ts";
import { paths } from "../workflow/paths.ts";
import type { Output } from "../workflow/progress/output.ts";
import { folder, oneOf, seed, seeds, wholeFromOne } from "./option-values.ts";

const formats = ["text", "html", "png", "svg", "json"] as const;
type Format = (typeof formats)[number];

const examples = `
Examples:
  h2t figure figure-5                                  what it shows, in words and numbers
  h2t figure figure-5 --out figure-5.html              one page, interactive and offline
  h2t figure figure-1b --profile short --out tail.png  an image, which Chromium draws
  h2t figure confusion-matrix --row table-5/bs-is --format json

A figure shows one profile, one data set and one pack of its images. Without --profile it is the profile nearest to the paper's
that can be drawn; a line names the others.
JSON holds title, caption, description, and data and layout for Plotly.`;

interface Options {
  readonly format?: Format;
  readonly profile?: Profile;
  readonly on?: StandInName;
  readonly row?: string;
  readonly seed?: number;
  readonly seeds?: readonly number[];
  readonly width: number;
  readonly out?: string;
  readonly data: string;
  readonly dataDigest?: string;
  readonly runs: string;
}

/** The format that a file's name ends in, if it is one. */
const formatOf = (out: string | undefined): Format | undefined =>
  formats.find((format) => out !== undefined && path.extname(out) === `.${format}`);

/** `h2t figure NAME`: draws a figure from records. */
export const figureCommand = (output: Output): Command =>
  new Command("figure")
    .description("Draw a figure of the paper from what was measured.")
    .argument("<name>", "figure-1b, figure-2, …; a wrong one is answered with the nearest")
    .option(
      "--format <format>",
      `${formats.join(", ")} (default: as --out ends, else text)`,
      oneOf("--format", formats),
    )
    .option("--profile <profile>", profiles.join(", "), oneOf("--profile", profiles))
    .option("--on <stand-in>", standInNames.join(", "), oneOf("--on", standInNames))
    .option("--row <row>", "another row than the figure's own, or the beginning of several")
    .addOption(new Option("--seed <number>", "only this seed").argParser(seed).conflicts("seeds"))
    .option("--seeds <list>", "only these seeds, such as 0,1,2", seeds)
    .option("--width <pixels>", "of a PNG or SVG", wholeFromOne("--width", "use 760, for example"), 760)
    .option("--out <file>", "write there, not to the screen")
    .option("--data-digest <digest>", "only records on the pack whose digest begins so")
    .option("--data <dir>", "where packed data sets are", folder, paths.data)
    .option("--runs <dir>", "where runs are kept", folder, paths.runs)
    .addHelpText("after", examples)
    .action(async (name: string, { format, out, width, ...which }: Options) => {
      const chosen = format ?? formatOf(out) ?? "text";
      if (chosen === "png" && out === undefined) {
        throw new UsageError({
          rule: "a PNG needs a file, as a terminal cannot show it",
          got: "no --out",
          remedy: `use --out ${name}.png`,
        });
      }
      const { figure, shown, others } = await drawn(name, which);
      if (others.length > 0) {
        output.writeError(`Drawn at ${shown}. There are records at ${others.join("; ")}, too.\n`);
      }
      const content = await renderers[chosen](figure, width);
      if (out === undefined) return output.write(content.toString());
      const { storeFile } = await import("../storage/store-file.ts");
      const file = path.resolve(out);
      await mkdir(path.dirname(file), { recursive: true });
      await storeFile(file, content);
      output.write(`Written to ${file}.\n`);
    });

/** The figure under the setting asked for, of several the fullest that it can be drawn under, and what else there is. */
async function drawn(
  name: string,
  {
    profile,
    on,
    row,
    seed: one,
    seeds: several,
    data,
    dataDigest,
    runs,
  }: Omit<Options, "format" | "width" | "out">,
) {
  const { figureNames } = await import("../report/figures/figures.ts");
  const { readAnalyses } = await import("../analysis/analyses.ts");
  const { readRecords } = await import("../runs/records.ts");
  const { fullestFigure } = await import("../workflow/fullest-figure.ts");
  const known = figureNames.find((one) => one === name);
  if (known === undefined) {
    throw new UsageError({
      rule: `a figure must be one of ${figureNames.join(", ")}`,
      got: `"${name}"`,
      remedy: `did you mean "${nearest(name, figureNames, 1)[0]}"?`,
    });
  }
  const { onDataDigest } = await import("../workflow/data-digest.ts");
  const folders = { shipped: paths.results, yours: runs, data };
  const [all, analyses] = await Promise.all([readRecords(folders), readAnalyses(folders)]);
  const records = onDataDigest(all, dataDigest);
  const seeds = one === undefined ? several : [one];
  return fullestFigure(known, {
    ...{ records, analyses },
    ...(profile && { profile }),
    ...(on && { standIn: on }),
    ...(row && { row }),
    ...(seeds && { seeds }),
  });
}

/** Apart from its use: where `await using` is, the compiler leaves the file's name as it stands in the source. */
const imageDrawing = () => import("../report/figures/image-drawing.ts");

async function image(figure: Figure, format: "png" | "svg", width: number): Promise<Buffer> {
  const { openDrawing } = await imageDrawing();
  await using drawing = await openDrawing();
  if (drawing !== undefined) return await drawing.draw(figure, format, width);
  throw new FailureError({
    rule: "a PNG or SVG is drawn in Chromium",
    got: "none along the search path",
    remedy: "sudo apt install chromium, or use --format html, which needs none here",
  });
}

const renderers: Readonly<Record<Format, (figure: Figure, width: number) => Promise<string | Buffer>>> = {
  text: async ({ title, altText, caption }) => `${title}\n\n${altText}\n\n${caption}\n`,
  html: async (figure) => {
    const { readFile } = await import("node:fs/promises");
    const { figureToHtml } = await import("../report/figures/figure-to-html.ts");
    const { plotlyScriptFile } = await import("../report/plotly-script.ts");
    return figureToHtml(figure, await readFile(plotlyScriptFile(), "utf8"));
  },
  png: (figure, width) => image(figure, "png", width),
  svg: (figure, width) => image(figure, "svg", width),
  json: async (figure) => `${JSON.stringify(figure, null, 2)}\n`,
};
