import { findExperiment } from "../../experiments/rows/experiments.ts";
import { columnTitle } from "../../experiments/tables/table.ts";
import { mean } from "../sample.ts";
import { type Gain, type Keeper, keepers, type TableModel } from "../tables/table-model.ts";

/** How far the numbers of one column are from the paper's. */
export interface Distance {
  readonly column: string;
  readonly keeper: Keeper;
  /** Methods that have both numbers. */
  readonly methods: number;
  /** Mean, least and greatest of ours minus the paper's, in percentage points. */
  readonly mean: number;
  readonly least: number;
  readonly most: number;
}

/**
 * How far a table's numbers are from the paper's, column by column.
 *
 *     d̄ = Σ (ours − paper's) / methods
 *
 * @param model - as `renderTable` makes it.
 * @returns one entry a column and keeper with a number that can be compared; none on a stand-in.
 */
export function distancesOf({ columns, rows }: TableModel): Distance[] {
  return columns.flatMap((column, i) =>
    keepers.flatMap((keeper) => {
      const differences = rows.flatMap(({ cells }) => cells[i]?.[keeper]?.difference ?? []);
      if (differences.length === 0) return [];
      const [least, most] = [Math.min(...differences), Math.max(...differences)];
      return {
        column: columnTitle(column),
        keeper,
        methods: differences.length,
        mean: mean(differences),
        least,
        most,
      };
    }),
  );
}

/** What head-to-tail fusion adds to its base in one column over all classes. */
export interface FusionGain {
  readonly rowId: string;
  readonly method: string;
  readonly base: string;
  readonly column: string;
  readonly keeper: Keeper;
  readonly gain: Gain;
  /** What the paper prints behind ↑; `null` where nothing, and on a stand-in. */
  readonly printed: number | null;
  /** The paper's accuracy minus that of the base in the same column; `null` where one is missing, and on a stand-in. */
  readonly published: number | null;
}

/** p of Tables 1 to 5, but for ResLT+H2T. */
const tableRatio = 0.3;

/** Whether a row is DR+H2T or the like: features are lent; in the kit's own studies, which vary p, at the tables' p. */
function fuses(rowId: string): boolean {
  const { stage } = findExperiment(rowId);
  if (stage.kind !== "classifier" || stage.fusion.kind !== "headToTail") return false;
  const { content, ratio } = stage.fusion;
  return content === undefined && (rowId.startsWith("table-") || ratio === tableRatio);
}

/**
 * What head-to-tail fusion adds to accuracy over all classes, for every row of a table that fuses and has a base.
 *
 * @param model - as `renderTable` makes it.
 */
export function fusionGainsOf({ columns, rows, options }: TableModel): FusionGain[] {
  const publishedOf = (rowId: string, i: number) =>
    rows.find(({ cells }) => cells[i]?.rowId === rowId)?.cells[i]?.published ?? null;
  return columns.flatMap((column, i) =>
    rows.flatMap(({ name, cells }) => {
      const cell = cells[i];
      if (column.metric !== "all" || !cell?.rowId || cell.base === null || !fuses(cell.rowId)) return [];
      const { base, published } = cell;
      const before = publishedOf(base.rowId, i);
      const comparable = options.standIn === null;
      return keepers.flatMap((keeper) => {
        const gain = cell[keeper]?.gain ?? null;
        if (gain === null) return [];
        return {
          rowId: cell.rowId ?? "",
          method: name,
          base: base.name,
          column: columnTitle(column),
          keeper,
          gain,
          printed: comparable ? cell.gain : null,
          published: comparable && published !== null && before !== null ? published - before : null,
        };
      });
    }),
  );
}
