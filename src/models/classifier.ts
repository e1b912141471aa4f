/** The last layer, from features `[batch, d]` to logits `[batch, C]`. */
export type ClassifierKind =
  /** z = W x + b. */
  | { readonly kind: "linear" }
  /** z = scale · cos(x, w), no bias. */
  | { readonly kind: "cosine"; readonly scale: number };
