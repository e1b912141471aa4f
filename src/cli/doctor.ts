import { Command } from "commander";
import { FailureError } from "../errors.ts";
import { paths } from "../workflow/paths.ts";
import type { Output } from "../workflow/progress/output.ts";
import { folder } from "./option-values.ts";

const examples = `
Examples:
  h2t doctor                                    what is in place, and the command that mends what is not

✔ in place   ✘ missing and needed   – absent, and not needed for the demo`;

const marks = { found: "✔", missing: "✘", absent: "–" } as const;

/** `h2t doctor`: what was found, what is missing, and the command that mends it. */
export const doctorCommand = (output: Output): Command =>
  new Command("doctor")
    .description("Say what is in place, what is missing, and the command that mends it.")
    .option("--data <dir>", "where packed data sets lie", folder, paths.data)
    .addHelpText("after", examples)
    .action(async ({ data }: { data: string }) => {
      const { checkDatasets } = await import("./checks/datasets.ts");
      const { checkSetUp } = await import("./checks/set-up.ts");
      const { checkEngine } = await import("./checks/engine.ts");
      const { checkBrowser } = await import("./checks/browser.ts");
      const findings = [...checkSetUp(), await checkEngine(), ...(await checkDatasets(data)), checkBrowser()];
      for (const { status, name, detail, remedy } of findings) {
        const mend = remedy === undefined ? "" : `; ${remedy}`;
        output.write(`${marks[status]} ${name.padEnd(20)} ${detail}${mend}\n`);
      }
      const missing = findings.filter(({ status }) => status === "missing");
      if (missing.length === 0) return;
      throw new FailureError({
        rule: "the kit needs everything that is marked ✘",
        got: `${missing.length} missing`,
        remedy: "type the commands beside them, from the top",
      });
    });
