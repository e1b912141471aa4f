import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { projectFolder } from "../src/setup/project-folder.ts";
import { billOfMaterials } from "./bill-of-materials.ts";

const file = join(projectFolder, "sbom.cdx.json");
const bill = billOfMaterials();
await writeFileAtomic(file, `${JSON.stringify(bill, null, 2)}\n`);
process.stdout.write(`${file}: ${bill.components.length} components\n`);
