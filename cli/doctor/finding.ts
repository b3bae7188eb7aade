/** What one look found. */
export interface Finding {
  what: string;
  /** `note`: fine for some uses, said so that nobody wonders. */
  state: "ok" | "note" | "problem";
  found: string;
  /** What to do about it. */
  todo?: string;
}
