/** Which loss a stage minimises; a parameter exists only with its loss. */
export type Loss = { readonly kind: "crossEntropy" };
