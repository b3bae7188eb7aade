import type { Value } from "../sql/database.ts";

/** Conditions of a WHERE clause with their parameters, in order. */
export class Filter {
  readonly conditions: string[] = [];
  readonly parameters: Value[] = [];

  /** Adds a condition; left out when any of its values is undefined. */
  and(condition: string, ...values: (Value | undefined)[]): this {
    if (values.includes(undefined)) return this;
    this.conditions.push(condition);
    this.parameters.push(...(values as Value[]));
    return this;
  }

  /** `column IN (…)`; left out when there is no list. */
  in(column: string, values: readonly Value[] | undefined): this {
    if (!values) return this;
    this.conditions.push(values.length ? `${column} IN (${values.map(() => "?").join(", ")})` : "0");
    this.parameters.push(...values);
    return this;
  }

  get sql(): string {
    return this.conditions.length ? `WHERE ${this.conditions.join(" AND ")}` : "";
  }
}
