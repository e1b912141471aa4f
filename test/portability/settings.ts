/** On what the tests run: a Node of `package.json` beside this file, and what differs in the environment. */
export interface Setting {
  /** Name of the package with that Node. */
  readonly node: "node-20" | "node-22" | "node-24";
  readonly environment: Readonly<Record<string, string>>;
}

/** Every setting on which the tests must pass, by the name that `--on` takes. */
export const settings = {
  "node-20": { node: "node-20", environment: {} },
  "node-22": { node: "node-22", environment: {} },
  "node-24": { node: "node-24", environment: {} },
  "no-onednn": { node: "node-20", environment: { TF_ENABLE_ONEDNN_OPTS: "0" } },
} as const satisfies Record<string, Setting>;
export type SettingName = keyof typeof settings;
export const settingNames = Object.keys(settings) as SettingName[];
