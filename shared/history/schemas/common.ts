import { z } from "zod";

/** Ms since the epoch. */
export const Time = z.number();
/** Ms. */
export const Duration = z.number().nonnegative();
/** Opaque place in a list; made by the answer before. */
export const Cursor = z.string().max(300);

/** One or several values of a filter; a single string is taken as a list of one. */
export function oneOrMore<T extends z.ZodType>(item: T) {
  return z.union([z.array(item).max(50), item.transform((value) => [value])]);
}

/** A page size: integer, 1 to `most`. */
export const limit = (most: number, usual = 50) => z.number().int().min(1).max(most).default(usual);

/** How many things are in each state. */
export const CountByState = z.record(z.string(), z.number().int());
