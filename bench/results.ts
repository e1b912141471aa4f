import { z } from "zod";

const finite = z.number().nonnegative();

const summarySchema = z.strictObject({
  median: finite,
  lowerQuartile: finite,
  upperQuartile: finite,
  /** How many values it sums up. */
  rounds: z.int().positive(),
});

const rowSchema = z.strictObject({
  name: z.string(),
  value: summarySchema,
  /** Relative to the group's first row, paired round by round; `null` for that row itself. */
  timesFirst: summarySchema.nullable(),
  /** Whether it was computed from some measured part instead of measured in full. */
  isExtrapolated: z.boolean(),
});

const groupSchema = z.strictObject({
  title: z.string(),
  unit: z.enum(["seconds", "bytes", "images/s", "GFLOP/s", "lines", "lines/s"]),
  rows: z.array(rowSchema).min(1),
});

const sectionSchema = z.strictObject({
  name: z.string(),
  startedAt: z.iso.datetime(),
  /** Of the source, with `+changes` when it was edited since; `null` outside a repository. */
  commit: z.string().nullable(),
  /** Of the last minute, before the section began: what else the machine did. */
  loadAverage: finite,
  wallSeconds: finite,
  groups: z.array(groupSchema).min(1),
});

const machineSchema = z.strictObject({
  cpu: z.string(),
  cores: z.int().positive(),
  memoryBytes: z.int().positive(),
  threads: z.int().positive(),
  node: z.string(),
  tensorflow: z.string(),
  /** `null` when it was left out. */
  torch: z.string().nullable(),
});

/** What the benchmark measured on one machine on one day. */
export const resultsSchema = z.strictObject({
  schemaVersion: z.literal(1),
  date: z.iso.date(),
  machine: machineSchema,
  sections: z.array(sectionSchema).min(1),
});

export type Summary = Readonly<z.infer<typeof summarySchema>>;
export type Row = Readonly<z.infer<typeof rowSchema>>;
export type Group = Readonly<z.infer<typeof groupSchema>>;
export type SectionResult = Readonly<z.infer<typeof sectionSchema>>;
export type Machine = Readonly<z.infer<typeof machineSchema>>;
export type Results = Readonly<z.infer<typeof resultsSchema>>;
