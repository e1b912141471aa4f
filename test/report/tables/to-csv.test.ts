import test from "ava";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { renderTable } from "../../../src/report/tables/render-table.ts";
import { toCsv } from "../../../src/report/tables/to-csv.ts";
import { madeUpRecord } from "../../support/made-up-record.ts";
import { smallTable } from "../../support/small-table.ts";

const row = findExperiment("table-5/bs-is");
const accuracy = { head: 0.6, medium: 0.5, tail: 0.25, all: 0.48 };
const records = [
  madeUpRecord(row, { accuracy }),
  madeUpRecord(row, { accuracy: { ...accuracy, all: 0.47 }, seed: 1 }),
];

test("toCsv: one line per cell, with the points of each stage I, quoted where needed, lines end in CR LF", (t) => {
  const lines = toCsv(renderTable(smallTable, records, { profile: "paper" })).split("\r\n");
  t.deepEqual(lines, [
    "table,profile,stand_in,method,source,column,metric,row_id,base_row_id,inferred,published_percent,published_gain,shipped_percent,shipped_low,shipped_high,shipped_stage_one_seeds,shipped_stage_one_percents,shipped_stage_two_deviation,shipped_difference,shipped_seeds,shipped_origin,shipped_digest,shipped_gain,shipped_gain_low,shipped_gain_high,shipped_gain_stage_one_seeds,shipped_gain_stage_one_points,shipped_gain_stage_two_deviation,shipped_gain_pairs,yours_percent,yours_low,yours_high,yours_stage_one_seeds,yours_stage_one_percents,yours_stage_two_deviation,yours_difference,yours_seeds,yours_origin,yours_digest,yours_gain,yours_gain_low,yours_gain_high,yours_gain_stage_one_seeds,yours_gain_stage_one_points,yours_gain_stage_two_deviation,yours_gain_pairs,command",
    'table-5,paper,,"DR ""50% | $x_1$"", <b>",quoted,Group_1 Tail,tail,table-5/dr,,,22.21,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,npx h2t run table-5/dr --profile paper',
    'table-5,paper,,"DR ""50% | $x_1$"", <b>",quoted,Group_1 All,all,table-5/dr,,,45.68,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,npx h2t run table-5/dr --profile paper',
    "table-5,paper,,BS+IS,re-run,Group_1 Tail,tail,table-5/bs-is,table-5/dr,,,,,,,,,,,,,,,,,,,,,25.0000,,,0 1,25.0000 25.0000,,,0 1,official,made-up-official,,,,,,,,",
    "table-5,paper,,BS+IS,re-run,Group_1 All,all,table-5/bs-is,table-5/dr,,47.73,2.05,,,,,,,,,,,,,,,,,,47.5000,,,0 1,48.0000 47.0000,,-0.2300,0 1,official,made-up-official,,,,,,,,",
    "",
  ]);
});
