import { columnTitle } from "../../experiments/tables/table.ts";
import { stageOnesForInterval } from "../estimate.ts";
import { pointsText, stageOnesText } from "./spread.ts";
import { keepers, type Measured, type TableModel } from "./table-model.ts";

/** A number of ours with where it stands. */
interface Placed {
  readonly place: string;
  readonly measured: Measured;
}

function placedOf({ columns, rows }: Pick<TableModel, "columns" | "rows">): Placed[] {
  return rows.flatMap(({ name, cells }) =>
    cells.flatMap((cell, i) => {
      const column = columns[i];
      if (column === undefined) return [];
      return keepers.flatMap((keeper) => {
        const measured = cell[keeper];
        if (measured === null || measured.stageOnes.length === 0) return [];
        return { place: `${name}, ${columnTitle(column)}, ${keeper}`, measured };
      });
    }),
  );
}

/** How many stages I each number is from, which decides whether it has an interval. */
function stageOnesNote(placed: readonly Placed[]): string | false {
  if (placed.length === 0) return false;
  const counts = [...new Set(placed.map(({ measured }) => measured.stageOnes.length))].sort((a, b) => a - b);
  const said = `Ours: ${counts.map(stageOnesText).join(" or ")} per number.`;
  const lacksInterval = counts.some((count) => count < stageOnesForInterval);
  return lacksInterval ? `${said} An interval needs three stages I.` : said;
}

/** The spread over stage-II seeds, which is a detail: another stage I would add its own. */
function stageTwoNote(placed: readonly Placed[]): string | false {
  const found = placed.flatMap(({ measured }) => measured.stageTwo ?? []);
  if (found.length === 0) return false;
  const deviations = found.map(({ deviation }) => deviation);
  const [least, most] = [Math.min(...deviations), Math.max(...deviations)].map((value) => value.toFixed(2));
  const range = least === most ? least : `${least} to ${most}`;
  const seeds = Math.max(...found.map((one) => one.seeds));
  return `Detail: the standard deviation over stage-II seeds of one stage I (at most ${seeds}) is ${range} points; it says nothing about another stage I.`;
}

/** The individual points of rows with several stages I. */
function pointsNote(placed: readonly Placed[]): string | false {
  const several = placed.filter(({ measured }) => measured.stageOnes.length > 1);
  if (several.length === 0) return false;
  const items = several.map(({ place, measured }) => `${place}: ${pointsText(measured)}`);
  return `Points, each the mean over the stage-II seeds of one stage I. ${items.join("; ")}.`;
}

/**
 * The remarks on how sure the numbers of a table are.
 *
 * @param model - the table as far as it is made.
 */
export function spreadNotes(model: Pick<TableModel, "columns" | "rows">): (string | false)[] {
  const placed = placedOf(model);
  return [
    stageOnesNote(placed),
    placed.some(({ measured }) => measured.interval !== null) &&
      "In square brackets: 95 % interval of the mean over stage-I seeds (Student's t).",
    pointsNote(placed),
    stageTwoNote(placed),
  ];
}
