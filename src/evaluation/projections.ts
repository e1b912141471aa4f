/** Weights of two classes, and what their features differ by. */
export interface Opposed {
  /** Of the tail and the head class, `[d]` each. */
  readonly weights: { readonly tail: ArrayLike<number>; readonly head: ArrayLike<number> };
  /** f_t − f_h, `[d]`. */
  readonly difference: ArrayLike<number>;
}

/** The projections of both classes' weights; on their larger side the difference pulls. */
export interface Projections {
  readonly tail: number;
  readonly head: number;
}

/**
 * How far the weights of a tail and of a head class reach along the difference of their features, on some channels alone.
 *
 *     ‖w_c‖ cos θ_c = w_c · (f_t − f_h) / ‖f_t − f_h‖,   c = t, h
 *
 * where w_c and f_t − f_h keep only the given channels, and θ_c is the angle between the two. On replaced channels Eq. 8 says that
 * the head class's is the larger one, on kept channels Eq. 10 that the tail class's is.
 *
 * @param channels - of 0 … d − 1.
 * @returns 0 for both where the features do not differ on these channels: then there is no direction.
 * @source paper section 3.4, Eqs. 8 and 10; the latter's angle is measured from f_t − f_h like the former's
 * @example
 * const weights = { tail: [3, 4, 9], head: [0, 5, 9] };
 * projections({ weights, difference: [0, 2, 7] }, [0, 1]); // → { tail: 4, head: 5 }
 */
export function projections({ weights, difference }: Opposed, channels: ArrayLike<number>): Projections {
  let [tail, head, square] = [0, 0, 0];
  for (let i = 0; i < channels.length; i++) {
    const channel = channels[i] as number;
    const along = difference[channel] as number;
    tail += (weights.tail[channel] as number) * along;
    head += (weights.head[channel] as number) * along;
    square += along * along;
  }
  const length = Math.sqrt(square);
  return length > 0 ? { tail: tail / length, head: head / length } : { tail: 0, head: 0 };
}
