import { mkdir } from "node:fs/promises";
import path from "node:path";
import { Command } from "commander";
import type { Profile, StandInName } from "../experiments/experiment.ts";
import { profiles, standInNames } from "../experiments/experiment.ts";
import type { TableModel } from "../report/tables/table-model.ts";
import { type GroupRule, groupRules } from "../splits/class-groups.ts";
import { paths } from "../workflow/paths.ts";
import type { Output } from "../workflow/progress/output.ts";
import { folder, oneOf } from "./option-values.ts";

const formats = ["text", "md", "html", "latex", "csv", "json"] as const;
type Format = (typeof formats)[number];

const epochs = ["best", "last"] as const;

const examples = `
Examples:
  h2t table table-5                             the fullest profile that has records
  h2t table table-5 --profile demo              only records of this profile, on glyphs-10
  h2t table table-5/cifar10                     the same lines on CIFAR-10-LT, as figure-5/cifar10
  h2t table table-1/cifar10/100                 head, medium and tail of Table 1's rows at one ratio
  h2t table frozen/cifar10/100                  the kit's own rows: also protocol/…, tau-norm/…
  h2t table table-1 --profile short --format latex --out table-1.tex
  h2t table table-1 --data-digest afe92258      records on another pack of the images

A table shows one profile. Every cell has the paper's number, the shipped one and yours. Each of the latter two columns
shows one pack of a data set's images: shipped the official one if it has records, yours the one that is packed now.`;

interface Options {
  readonly format?: Format;
  readonly profile?: Profile;
  readonly on?: StandInName;
  readonly groupRule: GroupRule;
  readonly at: (typeof epochs)[number];
  readonly out?: string;
  readonly data: string;
  readonly dataDigest?: string;
  readonly runs: string;
}

/** `h2t table NAME`: renders a table from records. */
export const tableCommand = (output: Output): Command =>
  new Command("table")
    .description("Show a table of the paper next to what was measured.")
    .argument("<name>", "table-1 … table-5, figure-5, or the beginning of rows: table-1/cifar10/100")
    .option(
      "--format <format>",
      `${formats.join(", ")} (default: text on a terminal, else md)`,
      oneOf("--format", formats),
    )
    .option("--profile <profile>", profiles.join(", "), oneOf("--profile", profiles))
    .option("--on <stand-in>", standInNames.join(", "), oneOf("--on", standInNames))
    .option("--group-rule <rule>", groupRules.join(", "), oneOf("--group-rule", groupRules), "byIndex")
    .option("--at <epoch>", "best on the test set, as in the paper, or last", oneOf("--at", epochs), "best")
    .option("--out <file>", "write there, not to the screen")
    .option("--data-digest <digest>", "only records on the pack whose digest begins so")
    .option("--data <dir>", "where packed data sets are", folder, paths.data)
    .option("--runs <dir>", "where runs are kept", folder, paths.runs)
    .addHelpText("after", examples)
    .action(
      async (name: string, { format, profile, on, groupRule, at, out, data, dataDigest, runs }: Options) => {
        const { chooseSetting, onlyOnCifar10, tableNamed } = await import("../workflow/table-setting.ts");
        const { readRecords } = await import("../runs/records.ts");
        const { renderTable } = await import("../report/tables/render-table.ts");
        const table = tableNamed(name);
        const { onDataDigest } = await import("../workflow/data-digest.ts");
        const all = await readRecords({ shipped: paths.results, yours: runs, data });
        const records = onDataDigest(all, dataDigest);
        const { setting, others } = chooseSetting(table, records, {
          ...(profile && { profile }),
          ...(on && { standIn: on }),
        });
        const epoch = at === "best" ? "bestOnTest" : "last";
        const onTerminal = out === undefined && process.stdout.isTTY;
        const render = await renderers[format ?? (onTerminal ? "text" : "md")]();
        const text = render(renderTable(table, records, { ...setting, groupRule, epoch }));
        const elsewhere = onlyOnCifar10(table, records);
        if (elsewhere !== undefined) {
          output.writeError(`${name} has no records; ${elsewhere} has: npx h2t table ${elsewhere}\n`);
        }
        if (others.length > 0) output.writeError(`There are records at ${others.join("; ")}, too.\n`);
        if (out === undefined) return output.write(text);
        const { storeFile } = await import("../storage/store-file.ts");
        const file = path.resolve(out);
        await mkdir(path.dirname(file), { recursive: true });
        await storeFile(file, text);
        output.write(`Written to ${file}.\n`);
      },
    );

const renderers = {
  text: async () => {
    const { toText } = await import("../report/tables/to-text.ts");
    return (model: TableModel) => toText(model, process.stdout.columns ?? 80);
  },
  md: async () => (await import("../report/tables/to-markdown.ts")).toMarkdown,
  html: async () => (await import("../report/tables/to-html.ts")).toHtml,
  latex: async () => (await import("../report/tables/to-latex.ts")).toLatex,
  csv: async () => (await import("../report/tables/to-csv.ts")).toCsv,
  json: async () => (await import("../report/tables/to-json.ts")).toJson,
} as const;
