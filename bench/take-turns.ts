/** Does its work once and says what it measured. */
type Turn = () => Promise<number>;

/** Rounds that are not counted: TensorFlow traces, caches fill, clocks rise. */
const warmUpRounds = 2;

/**
 * Lets everything that is compared take its turn in every round, forwards and backwards by turns.
 *
 * @param rounds - that count.
 * @param turns - by name; an absent one is left out.
 * @returns one value a round, by name, in the order of `turns`.
 * @example await takeTurns(10, { ours: () => kit.seconds("step"), theirs: () => pytorch.seconds("step") });
 */
export async function takeTurns(
  rounds: number,
  turns: Readonly<Record<string, Turn | undefined>>,
): Promise<Record<string, number[]>> {
  const order = Object.entries(turns).flatMap(([name, turn]) =>
    turn ? [{ name, turn, values: [] as number[] }] : [],
  );
  for (let round = -warmUpRounds; round < rounds; round++) {
    for (const { turn, values } of round % 2 === 0 ? order : order.toReversed()) {
      const value = await turn();
      if (round >= 0) values.push(value);
    }
  }
  return Object.fromEntries(order.map(({ name, values }) => [name, values]));
}
