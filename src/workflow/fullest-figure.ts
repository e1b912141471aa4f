import { FailureError } from "../errors.ts";
import type { Profile } from "../experiments/experiment.ts";
import { settingOf } from "../experiments/rows/stand-in.ts";
import type { Figure, FigureInput } from "../report/figures/figure.ts";
import { type FigureName, figures } from "../report/figures/figures.ts";
import { flagsOf, type Setting, settings } from "./table-setting.ts";

/** A figure, and which records it shows. */
interface ChosenFigure {
  readonly figure: Figure;
  /** Flags that show the records that it is drawn from. */
  readonly shown: string;
  /** Flags that draw it from other records; none where profile or data set were asked for. */
  readonly others: readonly string[];
}

/**
 * A figure under the setting asked for; where that leaves several, under the fullest that it can be drawn under.
 *
 * @param asked - as a builder takes it, save that the profile may be left open.
 * @throws {FailureError} if what it is drawn from is missing; names the command that makes it.
 */
export function fullestFigure(
  name: FigureName,
  asked: Omit<FigureInput, "profile"> & { readonly profile?: Profile },
): ChosenFigure {
  const { profile, standIn } = asked;
  const fits = settings.filter(
    (one) => (profile ?? one.profile) === one.profile && (standIn ?? one.standIn) === one.standIn,
  );
  const drawn = (setting: Setting): { figure: Figure; setting: Setting }[] => {
    try {
      return [{ figure: figures[name]({ ...asked, ...setting }), setting }];
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      return [];
    }
  };
  const [first, ...others] = fits.flatMap(drawn);
  if (first !== undefined) {
    // What every setting draws, such as Figure 2, is drawn from no record.
    const isOpen = profile === undefined && standIn === undefined && others.length + 1 < settings.length;
    return {
      figure: first.figure,
      shown: flagsOf(first.setting),
      others: isOpen ? others.map(({ setting }) => flagsOf(setting)) : [],
    };
  }
  const setting = {
    ...settingOf(profile ?? "demo"),
    profile: profile ?? "demo",
    ...(standIn && { standIn }),
  };
  return { figure: figures[name]({ ...asked, ...setting }), shown: flagsOf(setting), others: [] };
}
