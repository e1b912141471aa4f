import test from "ava";
import { renderTable } from "../../../src/report/tables/render-table.ts";
import { toJson } from "../../../src/report/tables/to-json.ts";
import { smallTable } from "../../support/small-table.ts";

test("toJson: the whole model comes back", (t) => {
  const model = renderTable(smallTable, [], { profile: "demo", standIn: "glyphs-10" });
  t.deepEqual(JSON.parse(toJson(model)), model);
});
