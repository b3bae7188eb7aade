import type { Manners } from "../types.ts";
import { actuatedValves } from "./actuated-valves.ts";
import { connectorManners } from "./connectors.ts";
import { exchangerManners } from "./exchangers.ts";
import { fittingManners } from "./fittings.ts";
import { handValves } from "./hand-valves.ts";
import { instrumentManners } from "./instruments.ts";
import { rotatingManners } from "./rotating.ts";
import { vesselManners } from "./vessels.ts";

/** Every further drawing of every class. */
export const manners: Manners = {
  ...handValves,
  ...actuatedValves,
  ...rotatingManners,
  ...vesselManners,
  ...exchangerManners,
  ...instrumentManners,
  ...fittingManners,
  ...connectorManners,
};
