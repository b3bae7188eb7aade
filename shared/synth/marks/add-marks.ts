import type { Clearance } from "../clearance.ts";
import type { Random } from "../random.ts";
import type { Plan } from "../types.ts";
import { addClouds } from "./clouds.ts";
import { addDimensions } from "./dimensions.ts";
import { addHatching } from "./hatching.ts";
import { addInsulation } from "./insulation.ts";
import { addLeaders } from "./leaders.ts";
import { addMatchLine } from "./match-line.ts";
import { addNoteBoxes } from "./note-boxes.ts";
import { addSlopes } from "./slopes.ts";
import { addStamp } from "./stamp.ts";

/** Draws what else drafters put on sheets: none of it is a line, a symbol or a text of the diagram. */
export function addMarks(plan: Plan, map: Clearance, random: Random): void {
  if (random.chance(0.3)) addInsulation(plan, random);
  if (random.chance(0.25)) addSlopes(plan, map, random);
  if (random.chance(0.3)) addNoteBoxes(plan, map, random);
  if (random.chance(0.25)) addLeaders(plan, map, random);
  if (random.chance(0.2)) addDimensions(plan, map, random);
  if (random.chance(0.12)) addHatching(plan, map, random);
  if (random.chance(0.15)) addMatchLine(plan, random);
  if (random.chance(0.25)) addClouds(plan, random);
  if (random.chance(0.12)) addStamp(plan, map, random);
}
