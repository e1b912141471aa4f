import { describeNumbering } from "../data/sources/class-numbering.ts";
import { classGroups, type GroupRule } from "../splits/class-groups.ts";
import { splitDigest } from "../splits/split-digest.ts";

const countsALine = 10;
const whole = new Intl.NumberFormat("en");

/** What `h2t split` prints for a reader: totals, counts, groups and the first images of class 0. */
export function describeSplit({
  dataset,
  ratio,
  imagesAClass,
  classNames,
  classCounts,
  positions,
}: {
  readonly dataset: string;
  readonly ratio: number;
  readonly imagesAClass: number;
  readonly classNames: readonly string[] | undefined;
  readonly classCounts: readonly number[];
  readonly positions: readonly Int32Array[];
}): string {
  const chosen = whole.format(sum(classCounts));
  const all = whole.format(imagesAClass * classCounts.length);
  const first = Array.from(positions[0]?.slice(0, 8) ?? []).join(" ");
  return [
    `${dataset} at imbalance ratio ${ratio}: ${chosen} of ${all} training images`,
    ...(classNames ? [`Classes: ${describeNumbering(classNames)}`] : []),
    "",
    "Images per class",
    ...countLines(classCounts),
    "",
    "Groups: classes, images",
    groupLine("by index, as in the tables", classCounts, "byIndex"),
    groupLine("by count: >100, >20, ≤20", classCounts, "byCount"),
    "",
    `Class 0 begins with positions ${first} …`,
    `Digest of all positions: ${splitDigest(positions)}`,
    "",
  ].join("\n");
}

function countLines(classCounts: readonly number[]): string[] {
  const width = String(classCounts[0]).length;
  return Array.from({ length: Math.ceil(classCounts.length / countsALine) }, (_, line) => {
    const from = line * countsALine;
    const counts = classCounts.slice(from, from + countsALine).map((count) => String(count).padStart(width));
    return `  ${String(from).padStart(3)}: ${counts.join(" ")}`;
  });
}

function groupLine(title: string, classCounts: readonly number[], rule: GroupRule): string {
  const groups = classGroups(classCounts, rule).map(({ name, classes }) => {
    const images = sum(classes.map((c) => classCounts[c] as number));
    return `${name} ${classes.length}, ${whole.format(images)}`.padEnd(18);
  });
  return `  ${title.padEnd(28)}${groups.join("")}`.trimEnd();
}

const sum = (values: readonly number[]) => values.reduce((total, n) => total + n, 0);
