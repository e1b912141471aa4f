import type { PaperTable } from "../../src/experiments/tables/table.ts";

/** Two rows of Table 5 by two columns, with a name that every format must escape. */
export const smallTable: PaperTable = {
  name: "table-5",
  title: "Samplers & <p>",
  columns: [
    { label: "Tail", group: "Group_1", dataset: "cifar100", metric: "tail" },
    { label: "All", group: "Group_1", dataset: "cifar100", metric: "all" },
  ],
  methods: [
    {
      key: "dr",
      name: 'DR "50% | $x_1$", <b>',
      year: 2020,
      source: "quoted",
      part: "single",
      quotedOnly: null,
      cells: [
        { published: 22.21, gain: null, over: null, rowId: "table-5/dr" },
        { published: 45.68, gain: null, over: null, rowId: "table-5/dr" },
      ],
    },
    {
      key: "bs-is",
      name: "BS+IS",
      year: null,
      source: "re-run",
      part: "multi-expert",
      quotedOnly: null,
      cells: [
        { published: null, gain: null, over: null, rowId: "table-5/bs-is" },
        { published: 47.73, gain: 2.05, over: 45.68, rowId: "table-5/bs-is" },
      ],
    },
  ],
};
