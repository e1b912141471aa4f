import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { z } from "zod";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { billOfMaterials } from "../../supply-chain/bill-of-materials.ts";
import { isCompatible, licenceOf } from "../../supply-chain/licences.ts";
import { pythonPackages } from "../../supply-chain/python-packages.ts";
import { temporaryFolder, writeFiles } from "../support/class-folders.ts";

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.looseObject({
      name: z.string().optional(),
      version: z.string().optional(),
      integrity: z.string().optional(),
      license: z.string().optional(),
    }),
  ),
});
const { packages } = lockSchema.parse(
  JSON.parse(readFileSync(join(projectFolder, "package-lock.json"), "utf8")),
);
const locked = Object.entries(packages).filter(([place]) => place !== "");
const nameAt = (place: string, name?: string) => name ?? place.split("node_modules/").at(-1) ?? "";

test("package-lock.json: every package is pinned and has its SHA-512", (t) => {
  t.true(locked.length > 700);
  t.deepEqual(
    locked.filter(
      ([, { version, integrity }]) => !version || !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ""),
    ),
    [],
  );
});

test("package.json: every dependency is asked for in one version", (t) => {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(projectFolder, "package.json"), "utf8"),
  );
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
    t.regex(String(version), /^\d+\.\d+\.\d+$/, name);
});

test("npm: packages from outside run no script when they are installed", async (t) => {
  const folder = await temporaryFolder(t);
  const rules = readFileSync(join(projectFolder, ".npmrc"), "utf8");
  const script = { postinstall: "touch ran", install: "touch ran" };
  await writeFiles(folder, {
    "outside/package.json": JSON.stringify({ name: "outside", version: "1.0.0", scripts: script }),
    "kit/package.json": JSON.stringify({ name: "kit", version: "1.0.0" }),
  });
  const kit = join(folder, "kit");
  // npm hands its own settings on to what it starts, such as these tests.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  const install = () => {
    execFileSync("npm", ["pack", "--silent"], { cwd: join(folder, "outside"), env });
    const archive = join(folder, "outside/outside-1.0.0.tgz");
    execFileSync("npm", ["install", "--silent", "--offline", "--no-audit", archive], {
      cwd: kit,
      env,
      stdio: "ignore",
    });
    const ran = existsSync(join(kit, "node_modules/outside/ran"));
    t.true(existsSync(join(kit, "node_modules/outside/package.json")));
    execFileSync("npm", ["uninstall", "--silent", "--offline", "outside"], {
      cwd: kit,
      env,
      stdio: "ignore",
    });
    return ran;
  };
  writeFileSync(join(kit, ".npmrc"), "ignore-scripts=false\n");
  t.true(install());
  writeFileSync(join(kit, ".npmrc"), rules);
  t.false(install());
});

test("licences: an expression is compatible if each part leaves a choice that is", (t) => {
  t.true(isCompatible("(MIT OR GPL-3.0-only) AND Zlib"));
  t.false(isCompatible("MIT AND GPL-3.0-only"));
  t.false(isCompatible("AGPL-3.0-only"));
  t.false(isCompatible("UNLICENSED"));
});

test("licences: that of every npm package is known and compatible", (t) => {
  const wrong = locked.filter(([place, { license }]) => {
    const licence = licenceOf(nameAt(place), license);
    return licence === undefined || !isCompatible(licence);
  });
  t.deepEqual(wrong, []);
});

test("licences: that of every Python package is known and compatible", (t) => {
  const found = pythonPackages();
  t.true(found.length > 100);
  const wrong = found.filter(({ name, licence }) => {
    const known = licenceOf(name, licence ?? undefined);
    return known === undefined || !isCompatible(known);
  });
  t.deepEqual(wrong, []);
});

test("bill of materials: CycloneDX with every npm and Python package once, its licence and npm's hashes", (t) => {
  const bill = billOfMaterials();
  t.is(bill.bomFormat, "CycloneDX");
  t.is(bill.metadata.component.name, "h2t-kit");
  const purls = bill.components.map(({ purl }) => String(purl));
  t.is(new Set(purls).size, purls.length);
  const npm = new Set(locked.map(([place, { name, version }]) => `${nameAt(place, name)}@${version}`));
  const ours = purls
    .filter((purl) => purl.startsWith("pkg:npm/"))
    .map((purl) => decodeURIComponent(purl.slice(8)));
  t.deepEqual(ours.toSorted(), [...npm].toSorted());
  t.true(purls.some((purl) => purl.startsWith("pkg:pypi/tensorflow")));
  t.deepEqual(
    bill.components.filter(({ licenses = [] }) => licenses.length === 0),
    [],
  );
});
