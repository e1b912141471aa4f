import { existsSync } from "node:fs";
import { z } from "zod";
import { FailureError } from "../errors.ts";
import { type Model, modelVariables, type NamedVariables } from "../models/model.ts";
import { assignVariables, readVariables, saveVariables } from "../models/weights.ts";
import type { SafetensorsContent } from "../storage/safetensors/safetensors.ts";
import { type EpochsByEngine, epochsByEngineSchema, historySchema, type RunRecord } from "./record.ts";

/** What an unfinished run has come to; its random streams need nothing but the number of finished epochs. */
export interface Checkpoint {
  readonly runId: string;
  readonly history: RunRecord["history"];
  readonly wallSeconds: number;
  /** SHA-256 of the backbone that stage II began with; null in stage I. */
  readonly backboneDigest: string | null;
  /** By what the epochs were trained, in their order; none where that was not noted yet. */
  readonly engines: readonly EpochsByEngine[];
}

const json = <Content>(schema: z.ZodType<Content>) =>
  z.string().transform((text) => schema.parse(JSON.parse(text)));

const metadataSchema = z.object({
  runId: z.string(),
  history: json(historySchema),
  engines: json(z.array(epochsByEngineSchema)).default([]),
  wallSeconds: z.coerce.number().min(0),
  backboneDigest: z
    .string()
    .default("")
    .transform((digest) => digest || null),
});

function everything(model: Model, velocities: NamedVariables): NamedVariables {
  const named = [...velocities].map(([name, variable]) => [`velocity.${name}`, variable] as const);
  return new Map([...modelVariables(model), ...named]);
}

/** Writes model, velocities and history to one file, whole or not at all. */
export async function saveCheckpoint(
  file: string,
  checkpoint: Checkpoint,
  model: Model,
  velocities: NamedVariables,
): Promise<void> {
  await saveVariables(file, everything(model, velocities), {
    runId: checkpoint.runId,
    history: JSON.stringify(checkpoint.history),
    wallSeconds: String(checkpoint.wallSeconds),
    backboneDigest: checkpoint.backboneDigest ?? "",
    engines: JSON.stringify(checkpoint.engines),
  });
}

/** A checkpoint as read, and how to put its values in place. */
export interface StoredCheckpoint extends Checkpoint {
  restore(model: Model, velocities: NamedVariables): void;
}

/**
 * Reads a run's checkpoint.
 *
 * @param backboneDigest - of the backbone that the run begins with in stage II.
 * @returns null if there is none.
 * @throws {FailureError} if it is damaged, belongs to another run, or began with another backbone.
 */
export async function readCheckpoint(
  file: string,
  { runId, backboneDigest }: Pick<Checkpoint, "runId" | "backboneDigest">,
): Promise<StoredCheckpoint | null> {
  if (!existsSync(file)) return null;
  const content: SafetensorsContent = await readVariables(file);
  const metadata = metadataSchema.safeParse(content.metadata);
  if (!metadata.success || metadata.data.runId !== runId) {
    throw new FailureError({
      rule: `a checkpoint goes on only with the configuration that it was made by, run ${runId}`,
      got: `${file} of ${metadata.success ? `run ${metadata.data.runId}` : "no run"}`,
      remedy: "start over with --fresh",
    });
  }
  if (metadata.data.backboneDigest !== backboneDigest) {
    throw new FailureError({
      rule: "stage II goes on only with the stage-I weights that it began with",
      got: `other weights than those of ${file}`,
      remedy: "start over with --fresh, or put back the weights of the run that it starts from",
    });
  }
  return {
    ...metadata.data,
    restore: (model, velocities) => assignVariables(everything(model, velocities), content, file),
  };
}
