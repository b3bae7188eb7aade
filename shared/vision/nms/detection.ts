import type { Box } from "../geometry/types.ts";

/** A model's claim: a box, how sure it is (0..1), and the index of the class in the model's list. */
export interface Detection {
  bbox: Box;
  score: number;
  classIndex: number;
}
