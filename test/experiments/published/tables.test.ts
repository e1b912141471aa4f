import test from "ava";
import { publishedFigure5 } from "../../../src/experiments/published/figure-5.ts";
import type { PublishedMethod, PublishedTable } from "../../../src/experiments/published/published-table.ts";
import { publishedTable1 } from "../../../src/experiments/published/table-1.ts";
import { publishedTable2 } from "../../../src/experiments/published/table-2.ts";
import { publishedTable3 } from "../../../src/experiments/published/table-3.ts";
import { publishedTable4 } from "../../../src/experiments/published/table-4.ts";
import { publishedTable5 } from "../../../src/experiments/published/table-5.ts";

const methodsOf = (
  table: PublishedTable<readonly string[]>,
): readonly PublishedMethod<readonly string[]>[] => [...table.single, ...table.multiExpert];

/** Classes in head, medium and tail under the index ranges by which the tables were made. */
const groupSizes: readonly {
  name: string;
  table: PublishedTable<readonly string[]>;
  sizes: readonly [number, number, number];
  /** Rows whose printed All is not the mean of their printed groups, by how many percentage points. */
  exceptions: Readonly<Record<string, number>>;
}[] = [
  {
    name: "Table 2",
    table: publishedTable2,
    sizes: [390, 445, 165],
    exceptions: { ce: 0.38, "ldam-drw": 0.3, mbj: 0.103, "ce-cmo": 0.764, "bsce-cmo": 0.215 },
  },
  {
    name: "Table 3",
    table: publishedTable3,
    sizes: [842, 3701, 3599],
    exceptions: { "reslt-h2t": 0.07 },
  },
  {
    name: "Table 4",
    table: publishedTable4,
    sizes: [131, 157, 77],
    exceptions: { "dr-mu": -0.72, "mislas-h2t": 0.074, "lfme-oltr": -0.044, reslt: 0.12 },
  },
  { name: "Table 5", table: publishedTable5, sizes: [36, 35, 29], exceptions: {} },
];

for (const { name, table, sizes, exceptions } of groupSizes) {
  test(`published ${name}: All is the class-weighted mean of the groups, but for the rows known not to be`, (t) => {
    for (const { key, percent } of methodsOf(table)) {
      const [head, medium, tail, all] = percent;
      if (typeof head !== "number" || typeof medium !== "number" || typeof tail !== "number") continue;
      const recomposed =
        (sizes[0] * head + sizes[1] * medium + sizes[2] * tail) / (sizes[0] + sizes[1] + sizes[2]);
      const error = Math.abs((all ?? Number.NaN) - recomposed - (exceptions[key] ?? 0));
      t.true(error < 0.0125, `${key}: All ${all}, recomposed ${recomposed.toFixed(3)}`);
    }
  });
}

for (const { ratio, head, medium, tail, all } of publishedFigure5) {
  test(`published Figure 5: All at p = ${ratio} is the class-weighted mean of the groups`, (t) => {
    t.true(Math.abs((36 * head + 35 * medium + 29 * tail) / 100 - all) < 0.0125);
  });
}

test("published Figure 5: p runs from 0 to 1 in steps of 0.1", (t) => {
  t.deepEqual(
    publishedFigure5.map(({ ratio }) => ratio),
    [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
  );
});

const arrows: readonly [string, PublishedTable<readonly string[]>, readonly string[]][] = [
  // Swapped in print.
  ["Table 1", publishedTable1, ["dr-h2t cifar10/100: 2.14, not 3.72", "dr-h2t cifar10/50: 3.72, not 2.14"]],
  ["Table 2", publishedTable2, []],
  ["Table 3", publishedTable3, []],
  ["Table 4", publishedTable4, ["dr-h2t all: 3.52, not 3.55"]],
];

for (const [name, table, misprints] of arrows) {
  test(`published ${name}: each ↑ is the difference to its baseline, but for the known misprints`, (t) => {
    const methods = methodsOf(table);
    const found = methods.flatMap(({ key, percent, gain }) => {
      const baseline = methods.find((method) => method.key === gain?.over);
      if (gain) t.truthy(baseline, `${key} improves on ${gain.over}`);
      return table.columns.flatMap((column, i) => {
        const printed = gain?.percent[i];
        if (typeof printed !== "number") return [];
        const computed = ((percent[i] ?? Number.NaN) - (baseline?.percent[i] ?? Number.NaN)).toFixed(2);
        return computed === printed.toFixed(2)
          ? []
          : [`${key} ${column}: ${printed.toFixed(2)}, not ${computed}`];
      });
    });
    t.deepEqual(found, [...misprints]);
  });
}

test("published Table 5: BS+IS is DR+H2T of Table 1 and Figure 5 at p = 0.3", (t) => {
  const all = publishedTable5.single.find(({ key }) => key === "bs-is")?.percent[3];
  t.is<number | undefined, number | undefined>(
    all,
    publishedTable1.single.find(({ key }) => key === "dr-h2t")?.percent[4],
  );
  t.is<number | undefined, number | undefined>(all, publishedFigure5.find(({ ratio }) => ratio === 0.3)?.all);
});

test("published tables: the quoted rows are those with a star", (t) => {
  const quoted = (table: PublishedTable<readonly string[]>) =>
    methodsOf(table).flatMap(({ key, source }) => (source === "quoted" ? [key] : []));
  t.deepEqual(quoted(publishedTable1), ["mbj", "ce-cmo", "bsce-cmo", "ace"]);
  t.deepEqual(quoted(publishedTable2), ["mbj", "ce-cmo", "bsce-cmo", "ace"]);
  t.deepEqual(quoted(publishedTable3), ["mbj", "ce-cmo", "bsce-cmo", "ace", "reslt"]);
  t.deepEqual(quoted(publishedTable4), ["mbj", "lfme-oltr"]);
  t.deepEqual(quoted(publishedTable5), []);
});
