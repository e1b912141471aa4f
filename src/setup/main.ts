import { KitError } from "../errors.ts";
import { addonStep } from "./addon.ts";
import { distStep } from "./dist.ts";
import { kernelStep } from "./kernel.ts";
import { ownPackageStep } from "./own-package.ts";
import { inspectMachine, missingPrerequisites } from "./prerequisites.ts";
import { projectFolder } from "./project-folder.ts";
import { pythonPackagesStep } from "./python-packages.ts";
import { runSteps } from "./step.ts";

const write = (text: string) => process.stdout.write(text);

/** Puts everything in place and returns the exit status. */
function setUp(): number {
  const steps = [pythonPackagesStep, addonStep, ownPackageStep, distStep, kernelStep].map((step) =>
    step(projectFolder),
  );
  try {
    if (steps.every((step) => step.isDone())) {
      write("Set-up: everything is in place.\n");
      return 0;
    }
    // Only now, since what is in place needs no compiler any more.
    const missing = missingPrerequisites(inspectMachine());
    for (const { message } of missing) process.stderr.write(`${message}\n`);
    if (missing.length > 0) return 1;
    runSteps(steps, write);
    return 0;
  } catch (error) {
    if (!(error instanceof KitError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
}

process.exitCode = setUp();
