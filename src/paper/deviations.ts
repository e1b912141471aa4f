/** Where the kit follows the released code, or one of two readings, because the paper's text and its numbers disagree. */
export interface Deviation {
  readonly topic: string;
  readonly paper: string;
  readonly kit: string;
}

/** What a reader of the tables must know; each is a choice that a row or an option can change. */
export const deviations = [
  {
    topic: "Fusion ratio p",
    paper:
      "Equation 2 reads as the fraction of channels kept; text, Figure 5 and code use the fraction replaced. 0.3 is best in the text, 0.25 stands in the released configurations.",
    kit: "The fraction replaced; 0.3 in every table.",
  },
  {
    topic: "Head, medium, tail",
    paper:
      "By count in the text (n > 100, n ≤ 20); the tables' numbers recompose only under fixed index ranges.",
    kit: "The index ranges by default; both are in every record.",
  },
  {
    topic: "Chosen epoch",
    paper: "The code reports the epoch with the best accuracy on the test set.",
    kit: "The same by default, and flagged; the last epoch is in every record.",
  },
  {
    topic: "CE on CIFAR-100-LT",
    paper: "The row named CE loss is cross-entropy with mixup; on CIFAR-10-LT it is plain.",
    kit: "The same, with CE + mixup on CIFAR-10-LT as a row of its own.",
  },
  {
    topic: "Stage I's schedule",
    paper: "The text has no warm-up; the code warms up for 5 epochs.",
    kit: "5 epochs of warm-up.",
  },
  {
    topic: "Frozen representation",
    paper: "In stage II the code lets batch-norm's statistics follow the batches.",
    kit: "The same (shift-BN on).",
  },
  {
    topic: "Classifier of stage II",
    paper: "The text cites cRT, which draws it anew; the code goes on from stage I's.",
    kit: "Goes on from stage I's.",
  },
  {
    topic: "Start of stage II",
    paper:
      "The code reads a stage-I checkpoint and the accuracy of its best epoch; the text does not say which.",
    kit: "The last epoch of stage I, which no test image has chosen.",
  },
  {
    topic: "Weight decay of stage II",
    paper:
      "Not in the text; 5e-4 at ratio 100, 2e-4 at 50 and 200 in the released configurations for CIFAR-100-LT.",
    kit: "The same on both data sets.",
  },
] as const satisfies readonly Deviation[];
