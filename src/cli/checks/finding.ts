/** What `h2t doctor` found of one thing. */
export interface Finding {
  readonly name: string;
  /** `missing` is needed; `absent` is not. */
  readonly status: "found" | "missing" | "absent";
  readonly detail: string;
  /** The command that mends it. */
  readonly remedy?: string;
}
