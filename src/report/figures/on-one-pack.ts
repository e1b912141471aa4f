import { FailureError } from "../../errors.ts";
import { recordsByPack } from "../tables/choose-packs.ts";
import type { Figure, FigureBuilder } from "./figure.ts";

/**
 * A builder that draws from one pack per data set: the preferred one of those that it can be drawn from.
 *
 * @throws what the builder throws on the preferred pack, if it can be drawn from none.
 */
export const onOnePack =
  (build: FigureBuilder): FigureBuilder =>
  (input) => {
    const ofProfile = input.records.filter(({ record }) => record.profile === input.profile);
    const results = recordsByPack(ofProfile).map((records) => () => build({ ...input, records }));
    const failures: FailureError[] = [];
    for (const draw of results) {
      const figure = attempt(draw, failures);
      if (figure !== undefined) return figure;
    }
    throw failures[0];
  };

/** The figure; undefined, and the failure kept, where it cannot be drawn. */
function attempt(draw: () => Figure, failures: FailureError[]): Figure | undefined {
  try {
    return draw();
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    failures.push(error);
    return undefined;
  }
}
