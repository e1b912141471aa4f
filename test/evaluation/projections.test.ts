import test from "ava";
import { projections } from "../../src/evaluation/projections.ts";

const weights = { tail: [3, 4, -1], head: [0, 5, 2] };

test("projections: the weights' component along the features' difference, on the given channels alone", (t) => {
  // (3·3 + 4·4) / 5 and (0·3 + 5·4) / 5
  t.deepEqual(projections({ weights, difference: [3, 4, 100] }, [0, 1]), {
    tail: 5,
    head: 4,
    lengths: { tail: 5, head: 5 },
  });
  // Of one channel only the sign of the difference counts.
  t.deepEqual(projections({ weights, difference: [3, 4, -100] }, [2]), {
    tail: 1,
    head: -2,
    lengths: { tail: 1, head: 2 },
  });
});

test("projections: a difference twice as long, or of swapped roles, pulls as far", (t) => {
  const one = projections({ weights, difference: [1, 2, 2] }, [0, 1, 2]);
  t.like(one, { tail: 3, head: 14 / 3 });
  t.deepEqual(projections({ weights, difference: [2, 4, 4] }, [0, 1, 2]), one);
  t.like(projections({ weights, difference: [-1, -2, -2] }, [0, 1, 2]), { tail: -3, head: -14 / 3 });
});

test("projections: features that do not differ give no direction", (t) => {
  t.like(projections({ weights, difference: [0, 0, 1] }, [0, 1]), { tail: 0, head: 0 });
  t.like(projections({ weights, difference: [1, 1, 1] }, []), { tail: 0, head: 0 });
});
