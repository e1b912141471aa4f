import { join } from "node:path";
import { projectFolder } from "../src/setup/project-folder.ts";
import { storeFile } from "../src/storage/store-file.ts";
import { billOfMaterials } from "./bill-of-materials.ts";

const file = join(projectFolder, "sbom.cdx.json");
const bill = billOfMaterials();
await storeFile(file, `${JSON.stringify(bill, null, 2)}\n`);
process.stdout.write(`${file}: ${bill.components.length} components\n`);
