/** What the kit, under MIT, may be used and passed on with: permissive, or copyleft that ends at the package's own files. */
const compatible = new Set([
  ...[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
  ],
  ...["MIT-CMU", "PSF-2.0", "Unlicense", "Zlib"],
  // Used unmodified and as packages of their own, which whoever likes may replace.
  ...["LGPL-3.0-or-later", "MPL-2.0"],
]);

/** Packages whose metadata names no SPDX licence; it stands in their licence file or readme. */
const readByHand: Readonly<Record<string, string>> = {
  "@mapbox/jsonlint-lines-primitives": "MIT",
  "@plotly/mapbox-gl": "BSD-3-Clause",
  "mapbox-gl": "BSD-3-Clause",
  "stack-trace": "MIT",
  "typed-function": "MIT",
  jstat: "MIT",
  namex: "Apache-2.0",
  xtend: "MIT",
};

/** Names of licences in Python's metadata from before it asked for SPDX. */
const spdx: Readonly<Record<string, string>> = {
  "3-Clause BSD License": "BSD-3-Clause",
  "Apache 2.0": "Apache-2.0",
  "Apache License 2.0": "Apache-2.0",
  "Apache License, Version 2.0": "Apache-2.0",
  "Apache Software License": "Apache-2.0",
  // The two- or the three-clause one: the classifier does not say.
  "BSD License": "BSD-2-Clause OR BSD-3-Clause",
  "ISC License (ISCL)": "ISC",
  "MIT License": "MIT",
  "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
  "Python Software Foundation License": "PSF-2.0",
};

/**
 * The licence of a package as SPDX expression.
 *
 * @param stated - what its metadata says, if anything.
 * @returns undefined if neither that nor this page knows it.
 */
export function licenceOf(name: string, stated: string | undefined): string | undefined {
  return readByHand[name] ?? (stated === undefined ? undefined : (spdx[stated] ?? stated));
}

/**
 * Whether the kit may depend on a package under a licence.
 *
 * @param expression - SPDX, without nested alternatives.
 * @example isCompatible("(MIT OR GPL-3.0-only) AND Zlib"); // true: one may choose MIT
 */
export const isCompatible = (expression: string): boolean =>
  expression
    .replaceAll(/[()]/g, "")
    .split(" AND ")
    .every((part) => part.split(" OR ").some((licence) => compatible.has(licence)));
