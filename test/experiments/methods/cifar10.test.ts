import { testEveryRow } from "../../support/every-row.ts";

testEveryRow("cifar10");
