import test from "ava";
import { FailureError } from "../../../src/errors.ts";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { findTable } from "../../../src/experiments/tables/tables.ts";
import type { FigureInput } from "../../../src/report/figures/figure.ts";
import { figures } from "../../../src/report/figures/figures.ts";
import { onOnePack } from "../../../src/report/figures/on-one-pack.ts";
import { choosePacks, recordsByPack } from "../../../src/report/tables/choose-packs.ts";
import { renderTable } from "../../../src/report/tables/render-table.ts";
import { shownMeasured } from "../../../src/report/tables/shown-measured.ts";
import type { StoredRecord } from "../../../src/runs/records.ts";
import { type MadeUp, madeUpRecord } from "../../support/made-up-record.ts";

const accuracy = { head: 0.5, medium: 0.5, tail: 0.5, all: 0.5 };
const record = (id: string, digest: string, made: Partial<MadeUp> = {}): StoredRecord =>
  madeUpRecord(findExperiment(id), { accuracy, digest, ...made });

test("choosePacks: one per data set and column; official before re-encoded where nothing else decides", (t) => {
  const packs = choosePacks([
    record("table-5/ce", "b", { keeper: "shipped" }),
    record("table-5/dr", "a", { keeper: "shipped", origin: "re-encoded" }),
    record("table-1/cifar10/100/ce", "c"),
  ]);
  t.deepEqual(packs, [
    {
      dataset: "cifar10",
      shipped: null,
      yours: { digest: "c", origin: "official", records: 1 },
      hidden: [],
    },
    {
      dataset: "cifar100",
      shipped: { digest: "b", origin: "official", records: 1 },
      yours: null,
      hidden: [{ digest: "a", origin: "re-encoded", records: 1 }],
    },
  ]);
});

test("shownMeasured: where the columns differ in pack, a figure keeps to one of them", (t) => {
  const model = (digest: string) =>
    renderTable(
      findTable("table-5"),
      [record("table-5/ce", "a", { keeper: "shipped" }), record("table-5/dr", digest)],
      { profile: "paper" },
    );
  const shown = (digest: string) => {
    const of = shownMeasured(model(digest));
    return model(digest).rows.flatMap(({ cells }) => cells.slice(3).map((cell) => of(cell)?.digest));
  };
  t.deepEqual(shown("a"), ["a", "a", undefined, undefined, undefined]);
  t.deepEqual(shown("b"), [undefined, "b", undefined, undefined, undefined]);
});

test("recordsByPack: the pack of today with runs of yours first, then the official one", (t) => {
  const own = { ...record("table-5/ce", "own", { origin: "re-encoded" }), onPack: true };
  const shipped = record("table-5/ce", "official", { keeper: "shipped" });
  const digests = (records: readonly StoredRecord[]) =>
    recordsByPack(records).map((list) => list.map((stored) => stored.record.data.digest));
  t.deepEqual(digests([shipped, own]), [["own"], ["official"]]);
  t.deepEqual(digests([shipped, { ...own, onPack: false }]), [["official"], ["own"]]);
  t.deepEqual(digests([]), [[]]);
});

test("onOnePack: a figure is drawn from the first pack that it can be drawn from, and never from two", (t) => {
  const input: FigureInput = {
    records: [record("figure-5/0.0", "a"), record("figure-5/0.3", "b", { origin: "re-encoded" })],
    analyses: [],
    profile: "paper",
  };
  t.deepEqual(figures["figure-5"](input).plotly.data[0]?.x, [0]);
  const seen: string[] = [];
  const picky = onOnePack(({ records }) => {
    const [digest = ""] = records.map(({ record: { data } }) => data.digest);
    seen.push(digest);
    throw new FailureError({ code: digest.toUpperCase(), problem: "no", fix: "none" });
  });
  t.is(t.throws(() => picky(input), { instanceOf: FailureError }).code, "A");
  t.deepEqual(seen, ["a", "b"]);
});
