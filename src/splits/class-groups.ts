/** The three groups of the paper's tables, most frequent classes first. */
export const groupNames = ["head", "medium", "tail"] as const;
export type GroupName = (typeof groupNames)[number];
/** One group: the classes that it holds, ascending; may be empty. */
export interface Group {
  readonly name: GroupName;
  readonly classes: readonly number[];
}
