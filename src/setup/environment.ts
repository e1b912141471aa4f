/**
 * A variable of the environment, where empty means unset, as in most programs: `H2T_RUNS= npx h2t list`.
 *
 * @example variable("H2T_RUNS"); // → undefined, or such as "/scratch/runs"
 */
export const variable = (name: string, environment: NodeJS.ProcessEnv = process.env): string | undefined =>
  environment[name] || undefined;
