import { classGroups, type Group, type GroupRule } from "../splits/class-groups.ts";
import type { RunRecord } from "./record.ts";

/**
 * Head, medium and tail classes of a run.
 *
 * @param rule - how classes are put into groups. @default "byIndex", which the paper's tables use
 */
export const groupsOf = ({ data }: RunRecord, rule: GroupRule = "byIndex"): Group[] =>
  classGroups(data.classCounts, rule);
