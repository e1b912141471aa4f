import { findExperiment } from "../../experiments/rows/experiments.ts";
import type { PlottedGain } from "../figures/gains-plot.ts";
import type { TableModel } from "../tables/table-model.ts";
import { type FusionGain, fusionGainsOf } from "./distances.ts";
import { longTailedTitle, type PageSetting } from "./page-settings.ts";
import type { PageTable } from "./setting-tables.ts";

/** A comparison with where it was measured. */
export interface SettingGain extends FusionGain {
  readonly setting: PageSetting;
}

/** `ratio 100`; nothing for a column that is named after its metric. */
const placeOf = ({ column }: FusionGain) => (column.startsWith("ratio") ? `, ${column}` : "");

/**
 * What fusion adds over all classes in one section, each comparison once however many tables show it.
 *
 * @param tables - the section's.
 */
export function settingGains(setting: PageSetting, tables: readonly PageTable[]): SettingGain[] {
  const found = new Map<string, SettingGain>();
  for (const { model } of tables) {
    for (const gain of fusionGainsOf(model)) {
      const runs = runsOf(model, gain);
      if (!found.has(runs)) found.set(runs, { ...gain, setting });
    }
  }
  return [...found.values()];
}

/** The runs behind a gain: equal for the rows of two tables that are one comparison. */
function runsOf({ rows }: TableModel, { rowId, keeper }: FusionGain): string {
  const cells = rows.flatMap((row) => row.cells.filter((cell) => cell.rowId === rowId));
  const runIds = cells.flatMap((cell) => cell[keeper]?.runs.map(({ runId }) => runId) ?? []);
  return [keeper, ...new Set(runIds)].join(" ");
}

/** Whether a comparison is the paper's H2T: a row of its tables that takes channels from an instance-sampled batch. */
function isOfPaperRow({ rowId }: SettingGain): boolean {
  const { stage } = findExperiment(rowId);
  return (
    rowId.startsWith("table-") &&
    stage.kind === "classifier" &&
    stage.fusion.kind === "headToTail" &&
    stage.fusion.fusingSampler === "instance"
  );
}

/** The comparisons that answer whether H2T helps: the paper's where there are such, else all. */
export function mainGains(gains: readonly SettingGain[]): readonly SettingGain[] {
  const own = gains.filter(isOfPaperRow);
  return own.length > 0 ? own : gains;
}

/** The comparisons as the plot takes them. */
export const plottedGains = (gains: readonly SettingGain[]): PlottedGain[] =>
  gains.map((one) => ({
    label: `${one.method} over ${one.base}, ${longTailedTitle(one.setting.dataset)}${placeOf(one)}`,
    keeper: one.keeper,
    gain: one.gain,
    points: one.gain.stageOnes.length > 1 ? one.gain.stageOnes.map(({ mean }) => mean) : one.gain.differences,
    published: one.published,
  }));
