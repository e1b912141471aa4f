import { startKernel } from "../../src/kernel/kernel.ts";
import { scriptEngine } from "./script-engine.ts";

// The kernel itself, with a language that starts at once: script-kernel.ts CONNECTION_FILE
startKernel(process.argv[2] ?? "", Promise.resolve(scriptEngine()));
