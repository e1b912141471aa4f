import { addonStep } from "../../setup/addon.ts";
import { distStep } from "../../setup/dist.ts";
import { kernelStep } from "../../setup/kernel.ts";
import { ownPackageStep } from "../../setup/own-package.ts";
import { projectFolder } from "../../setup/project-folder.ts";
import { pythonPackagesStep } from "../../setup/python-packages.ts";
import type { Finding } from "./finding.ts";

/** Whether each thing that set-up puts in place is there and made from the present sources. */
export function checkSetUp(folder: string = projectFolder): Finding[] {
  const steps = [pythonPackagesStep, addonStep, ownPackageStep, distStep, kernelStep].map((step) =>
    step(folder),
  );
  return [
    { name: "Node", status: "found", detail: process.versions.node },
    ...steps.map((step): Finding => {
      // A step looks into files that may themselves be missing.
      const isDone = attempt(() => step.isDone()) ?? false;
      return isDone
        ? { name: step.name, status: "found", detail: "in place" }
        : { name: step.name, status: "missing", detail: "missing or out of date", remedy: "npm run setup" };
    }),
  ];
}

function attempt(ask: () => boolean): boolean | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
