import { bbn } from "./bbn.ts";
import { bsceCmo, ceCmo } from "./cmo.ts";
import { ce, ceMixup } from "./cross-entropy.ts";
import { drCrt, drLws, drMu } from "./decoupling.ts";
import { gcl, gclH2t, gclStageOne } from "./gcl.ts";
import { bsce, bsceH2t, drH2t, drNoise, drZeros, ldamH2t } from "./head-to-tail.ts";
import { ldamDrw } from "./ldam-drw.ts";
import type { Method } from "./method.ts";
import { mislas, mislasH2t } from "./mislas.ts";
import { reslt, resltH2t, resltPort, resltPortStageOne } from "./reslt.ts";
import { ride, rideH2t, rideLinear, ridePort } from "./ride.ts";

/** Every method that the kit can run on CIFAR-LT; the paper's in its order, each followed by what belongs to it. */
export const methods: readonly Method[] = [
  ...[ce, ceMixup, bsce],
  ...[ldamDrw, ldamH2t],
  ...[drMu, drCrt, drLws],
  mislas,
  ...[gclStageOne, gcl],
  ...[ceCmo, bsceCmo],
  ...[drH2t, drZeros, drNoise, bsceH2t],
  mislasH2t,
  gclH2t,
  bbn,
  ...[ride, rideLinear, ridePort],
  ...[reslt, resltPortStageOne, resltPort],
  rideH2t,
  resltH2t,
];
