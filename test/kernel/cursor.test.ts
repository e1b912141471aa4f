import test from "ava";
import { cursorOf, offsetOf } from "../../src/kernel/cursor.ts";

test("cursor: counts code points where JavaScript counts UTF-16 units, and back", (t) => {
  const code = "a😀é🇨🇭z";
  const offsets = [0, 1, 3, 4, 6, 8, 9];
  t.deepEqual(
    offsets.map((_, cursor) => offsetOf(code, cursor)),
    offsets,
  );
  t.deepEqual(
    offsets.map((offset) => cursorOf(code, offset)),
    [0, 1, 2, 3, 4, 5, 6],
  );
  t.is(offsetOf(code, 99), code.length);
});
