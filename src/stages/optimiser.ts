/** Stochastic gradient descent as PyTorch defines it. */
export interface Optimiser {
  readonly learningRate: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  /** Added to the gradient as weightDecay · w for every parameter, batch-norm and biases included. */
  readonly weightDecay: number;
}
