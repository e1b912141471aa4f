import type { DeclaredName, ImportSource, LiveName } from "./declared-name.ts";
import { cellPrefix, modulePrefix } from "./running-names.ts";

const checkedCell = (cell: string) => `./${cell}`;

/**
 * The line before a cell's code that makes it, for the compiler, a module which sees earlier cells' names.
 *
 * @param live - names of earlier cells.
 * @param declared - names of this cell, exported by it.
 */
export function checkedPrelude(live: readonly LiveName[], declared: readonly DeclaredName[]): string {
  const lines = live.map((name) => {
    if (name.source) return importLine(name, name.source);
    if (name.kind !== "variable")
      return `import { ${name.name} } from ${JSON.stringify(checkedCell(name.cell))};`;
    // Not an import, to which nothing could be assigned.
    return `declare let ${name.name}: typeof import(${JSON.stringify(checkedCell(name.cell))}).${name.name};`;
  });
  const exported = declared
    .filter(({ isExported, source }) => !isExported && !source)
    .map(({ name }) => name);
  return `${lines.join(" ")} export { ${[...new Set(exported)].join(", ")} };\n`;
}

/**
 * The line before a cell's code that brings in earlier cells' values.
 *
 * @param live - names of earlier cells.
 */
export function runningPrelude(live: readonly LiveName[]): string {
  const lines = live
    .filter(({ isType }) => !isType)
    .map((name) =>
      name.source
        ? importLine(name, { ...name.source, specifier: modulePrefix + name.source.specifier })
        : `import { ${name.name} } from ${JSON.stringify(cellPrefix + name.cell)};`,
    );
  return `${lines.join(" ")}\n`;
}

function importLine({ name, isType }: DeclaredName, { specifier, imported }: ImportSource): string {
  const what = imported === "*" ? `* as ${name}` : `{ ${imported} as ${name} }`;
  return `import ${isType ? "type " : ""}${what} from ${JSON.stringify(specifier)};`;
}
