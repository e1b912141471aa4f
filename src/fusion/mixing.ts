/** What happens to the images of a batch in stage I. */
export type Mixing =
  | { readonly kind: "none" }
  /** x̃ = λx + (1 − λ)x[π], λ ~ Beta(alpha, alpha) once a batch. */
  | { readonly kind: "mixup"; readonly alpha: number };
