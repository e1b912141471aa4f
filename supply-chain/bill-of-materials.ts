import { execFileSync } from "node:child_process";
import { z } from "zod";
import { projectFolder } from "../src/setup/project-folder.ts";
import { licenceOf } from "./licences.ts";
import { pythonPackages } from "./python-packages.ts";

const componentSchema = z.looseObject({ name: z.string(), licenses: z.array(z.unknown()).optional() });
const billSchema = z.looseObject({
  bomFormat: z.literal("CycloneDX"),
  metadata: z.looseObject({ component: z.looseObject({ name: z.string() }) }),
  components: z.array(componentSchema),
});
type Component = z.infer<typeof componentSchema>;

const licenses = (expression: string | undefined) => (expression === undefined ? [] : [{ expression }]);

/** What npm knows of package-lock.json, each package with its hash. */
function npmBill(): z.infer<typeof billSchema> {
  const args = ["sbom", "--sbom-format", "cyclonedx", "--sbom-type", "application", "--package-lock-only"];
  const text = execFileSync("npm", args, { cwd: projectFolder, encoding: "utf8", maxBuffer: 2 ** 26 });
  return billSchema.parse(JSON.parse(text));
}

const pythonComponents = (): Component[] =>
  pythonPackages().map(({ name, version, licence }) => {
    const purl = `pkg:pypi/${name.toLowerCase().replaceAll(/[-_.]+/g, "-")}@${version}`;
    return {
      ...{ "bom-ref": purl, type: "library", name, version, purl },
      licenses: licenses(licenceOf(name, licence ?? undefined)),
    };
  });

/**
 * The software bill of materials, CycloneDX 1.5: every npm package of the lock file and every Python package that is installed.
 *
 * npm makes its part; its own tools for Python would need an environment of their own, and say no more than the metadata.
 */
export function billOfMaterials(): z.infer<typeof billSchema> {
  const { metadata, components, ...bill } = npmBill();
  const npmComponents = components.map((component) => ({
    ...component,
    licenses: component.licenses ?? licenses(licenceOf(component.name, undefined)),
  }));
  return {
    ...bill,
    // npm names it after the folder.
    metadata: { ...metadata, component: { ...metadata.component, name: "h2t-kit" } },
    components: [...npmComponents, ...pythonComponents()],
  };
}
