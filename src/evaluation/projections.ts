/** Weights of a tail and a head class, and the difference of their features. */
export interface Opposed {
  /** Weights of the two classes, `[d]` each. */
  readonly weights: { readonly tail: ArrayLike<number>; readonly head: ArrayLike<number> };
  /** f_t − f_h, `[d]`. */
  readonly difference: ArrayLike<number>;
}

/** The projections ‖w‖ cos θ of both classes' weights, and their lengths ‖w‖. */
export interface Projections {
  readonly tail: number;
  readonly head: number;
  readonly lengths: { readonly tail: number; readonly head: number };
}

/**
 * Projects the weights of a tail and a head class onto the difference of their features, restricted to some channels.
 *
 *     ‖w_c‖ cos θ_c = w_c · (f_t − f_h) / ‖f_t − f_h‖,   c = t, h
 *
 * where w_c and f_t − f_h keep only the given channels, and θ_c is the angle between the two.
 * Eq. 8 states that the head class's projection is larger on replaced channels.
 * Eq. 10 states that the tail class's projection is larger on retained channels.
 *
 * @param channels - indices in 0 … d − 1.
 * @returns both projections; 0 for both if the features do not differ on these channels, because then there is no direction.
 * @source paper section 3.4, Eqs. 8 and 10; both angles are measured from f_t − f_h
 * @example
 * const weights = { tail: [3, 4, 9], head: [0, 5, 9] };
 * projections({ weights, difference: [0, 2, 7] }, [0, 1]); // → { tail: 4, head: 5, lengths: { tail: 5, head: 5 } }
 */
export function projections({ weights, difference }: Opposed, channels: ArrayLike<number>): Projections {
  const along = { tail: 0, head: 0 };
  const squares = { tail: 0, head: 0, difference: 0 };
  for (let i = 0; i < channels.length; i++) {
    const channel = channels[i] as number;
    const step = difference[channel] as number;
    const [tail, head] = [weights.tail[channel] as number, weights.head[channel] as number];
    along.tail += tail * step;
    along.head += head * step;
    squares.tail += tail * tail;
    squares.head += head * head;
    squares.difference += step * step;
  }
  const length = Math.sqrt(squares.difference);
  return {
    tail: length > 0 ? along.tail / length : 0,
    head: length > 0 ? along.head / length : 0,
    lengths: { tail: Math.sqrt(squares.tail), head: Math.sqrt(squares.head) },
  };
}
