import { publishedFigure5 } from "../published/figure-5.ts";
import { frozenDrId, frozenRowId } from "../studies/frozen.ts";
import { protocolRowId } from "../studies/protocol.ts";

const onCifar10 = (key: string) => `table-1/cifar10/100/${key}`;

/**
 * The rows of each figure that shows what was measured of trained runs beyond their records; on a stand-in the same rows on other
 * images.
 */
export const figureRows = {
  /** One run: plain cross-entropy, or with mixup where that alone is trained. */
  "figure-1b": [onCifar10("ce"), onCifar10("ce-mixup")],
  /** One run, or that on a frozen backbone, whose features ship with the kit, where that alone is trained. */
  "figure-3": [onCifar10("dr-h2t"), frozenRowId("cifar10", 0.3)],
  /** Pairs without and with H2T, of which the first that is trained is shown. */
  "figure-4": [
    [onCifar10("dr-mu"), onCifar10("dr-h2t")],
    [frozenDrId("cifar10"), frozenRowId("cifar10", 0.3)],
  ],
  /** A panel for each p of Figure 5. */
  "figure-s1": publishedFigure5.map(({ ratio }) =>
    protocolRowId({
      dataset: "cifar10",
      normalisation: "shift-bn",
      startingClassifier: "fine-tuned",
      h2t: { pair: "bs-is", ratio },
    }),
  ),
} as const satisfies Record<string, readonly (string | readonly string[])[]>;
