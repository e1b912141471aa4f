/** Parameters of stochastic gradient descent, as PyTorch defines it. */
export interface Optimiser {
  readonly learningRate: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  /** Factor of w that is added to the gradient of every parameter, including batch norm and biases. */
  readonly weightDecay: number;
}
