import test from "ava";
import { chooseSections } from "../../bench/choose-sections.ts";
import { sections } from "../../bench/sections/sections.ts";

const namesOf = (chosen: readonly { readonly name: string }[]) => chosen.map(({ name }) => name);

test("benchmark: where there is one thread, processes are compared only by name", (t) => {
  t.deepEqual(chooseSections(undefined, 2), { chosen: sections, leftOut: [] });
  const { chosen, leftOut } = chooseSections(undefined, 1);
  t.deepEqual(namesOf(leftOut), ["processes"]);
  t.deepEqual(
    namesOf(chosen),
    namesOf(sections).filter((name) => name !== "processes"),
  );
  const named = chooseSections(["processes", "forward"], 1);
  t.deepEqual(namesOf(named.chosen), ["forward", "processes"]);
  t.deepEqual(named.leftOut, []);
});
