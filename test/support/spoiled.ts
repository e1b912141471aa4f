import fc from "fast-check";

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** What stands at a place of a document, and the document with something else there; `undefined` takes it away. */
interface Place {
  readonly value: Json;
  readonly replace: (by: Json | undefined) => Json | undefined;
}

function placesOf(value: Json, replace: Place["replace"] = (by) => by): Place[] {
  const here = { value, replace };
  if (value === null || typeof value !== "object") return [here];
  const inside = Object.entries(value).flatMap(([name, part]) =>
    placesOf(part, (by) => {
      const entries = Object.entries(value).flatMap(([other, kept]): [string, Json][] => {
        const now = other === name ? by : kept;
        return now === undefined ? [] : [[other, now]];
      });
      return replace(Array.isArray(value) ? entries.map(([, kept]) => kept) : Object.fromEntries(entries));
    }),
  );
  return [here, ...inside];
}

/** Another value of the same kind, which a schema may let pass. */
const alike = (value: Json): fc.Arbitrary<Json> => {
  if (typeof value === "number") return fc.oneof(fc.double({ min: 0, max: 1 }), fc.nat(20));
  return typeof value === "string" ? fc.string() : (fc.jsonValue() as fc.Arbitrary<Json>);
};

/** Texts like that of a document, but of the wrong shape or content: one of its parts replaced, lost or cut; or any text. */
export function spoiled(document: object): fc.Arbitrary<string> {
  const text = JSON.stringify(document);
  const places = placesOf(JSON.parse(text));
  const anything = fc.option(fc.jsonValue() as fc.Arbitrary<Json>, { nil: undefined });
  const replaced = fc
    .constantFrom(...places)
    .chain(({ value, replace }) => fc.oneof(alike(value), anything).map(replace))
    .map((document) => JSON.stringify(document) ?? "");
  const cut = fc.nat(text.length - 1).map((length) => text.slice(0, length));
  return fc.oneof({ weight: 6, arbitrary: replaced }, cut, fc.json(), fc.string());
}
