import { afterAll } from "vitest";
import { type OwnBus, withBus } from "#test/with-bus";
import { toyPipeline } from "./pipeline.ts";
import { startToy } from "./start.ts";

/** A process's worth of toy workers. */
export type Toy = Awaited<ReturnType<typeof startToy>>;

/** As `withBus`, with the toy pipeline and its workers. */
export function withToy(ready: (own: OwnBus & { toy: Toy }) => void): void {
  let toy: Toy | undefined;
  withBus([toyPipeline], async (own) => {
    toy = await startToy(own.server.url);
    ready({ ...own, toy });
  });
  // Hooks after tests run last first: this one while the server is still there.
  afterAll(() => toy?.[Symbol.asyncDispose]());
}
