import type { Embedding } from "../../analysis/analysis.ts";
import { FailureError } from "../../errors.ts";
import type { AnalysedRun } from "./analysed-run.ts";

/** The embedding of an analysed run. @throws {FailureError} if it has none. */
export function embeddingOf({ experiment, record, analysis }: AnalysedRun): Embedding {
  if (analysis.embedding !== null) return analysis.embedding;
  throw new FailureError({
    rule: "features are drawn in two dimensions where their run was embedded",
    got: `none of ${experiment.id}`,
    remedy: `measure it: npx h2t analyse ${experiment.id} --profile ${record.profile} --seed ${record.seed} --fresh`,
  });
}

const whole = new Intl.NumberFormat("en");

/** How features were embedded, as a sentence. */
export const howEmbedded = ({ labels, perplexity, iterations }: Embedding): string =>
  `${whole.format(labels.length)} class-balanced draws of training images a panel, embedded by exact t-SNE (perplexity ${perplexity}, ${whole.format(iterations)} iterations).`;
