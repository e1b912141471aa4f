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

/** Texts like that of a document, but of the wrong shape or content: one of its parts replaced, lost or cut; or any text. */
export function spoiled(document: object): fc.Arbitrary<string> {
  const text = JSON.stringify(document);
  const places = placesOf(JSON.parse(text));
  const replaced = fc
    .tuple(fc.constantFrom(...places), fc.option(fc.jsonValue() as fc.Arbitrary<Json>, { nil: undefined }))
    .map(([{ replace }, by]) => JSON.stringify(replace(by)) ?? "");
  const cut = fc.nat(text.length - 1).map((length) => text.slice(0, length));
  return fc.oneof({ weight: 6, arbitrary: replaced }, cut, fc.json(), fc.string());
}
