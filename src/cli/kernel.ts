import { Command } from "commander";
import type { Output } from "../workflow/progress/output.ts";
import { oneOf } from "./option-values.ts";

const examples = `
Examples:
  h2t kernel install                            all three, also stock tslab's own kernel, tslab
  h2t kernel install --engine own               the kernel h2t-ts: today's TypeScript
  h2t kernel install --engine tslab             the kernel h2t-tslab: for notebooks that were written for tslab`;

const kernels = { own: "h2t-ts", tslab: "h2t-tslab" } as const;
const engines = ["own", "tslab"] as const;

/** `h2t kernel install`: lets the kit's Jupyter find the TypeScript kernels. */
export const kernelCommand = (output: Output): Command =>
  new Command("kernel")
    .description("Register the TypeScript kernels with the kit's Jupyter, as set-up does.")
    .argument("<action>", "install", oneOf("ACTION", ["install"]))
    .option("--engine <engine>", engines.join(" or "), oneOf("--engine", engines))
    .addHelpText("after", examples)
    .action(async (_action: string, { engine }: { engine?: keyof typeof kernels }) => {
      const { installKernel, kernelNames, kernelSpecFile } = await import("../setup/kernel.ts");
      const { projectFolder } = await import("../setup/project-folder.ts");
      for (const name of engine === undefined ? kernelNames : [kernels[engine]]) {
        installKernel(projectFolder, name);
        output.write(`${name} ${kernelSpecFile(projectFolder, name)}\n`);
      }
    });
