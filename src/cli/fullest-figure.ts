import { FailureError } from "../errors.ts";
import type { Profile } from "../paper/experiment.ts";
import { settingOf } from "../paper/rows/stand-in.ts";
import type { Figure, FigureInput } from "../report/figures/figure.ts";
import { type FigureName, figures } from "../report/figures/figures.ts";
import { settings } from "./table-setting.ts";

/**
 * A figure under the setting asked for; where that leaves several, under the fullest that it can be drawn under.
 *
 * @param asked - as a builder takes it, save that the profile may be left open.
 * @throws {FailureError} if what it is drawn from is missing; names the command that makes it.
 */
export function fullestFigure(
  name: FigureName,
  asked: Omit<FigureInput, "profile"> & { readonly profile?: Profile },
): Figure {
  const { profile, standIn } = asked;
  const fits = settings.filter(
    (one) => (profile ?? one.profile) === one.profile && (standIn ?? one.standIn) === one.standIn,
  );
  for (const setting of fits) {
    try {
      return figures[name]({ ...asked, ...setting });
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
    }
  }
  return figures[name]({ ...settingOf(profile ?? "demo"), ...asked, profile: profile ?? "demo" });
}
