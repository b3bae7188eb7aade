import { expect, it } from "vitest";
import { type MessageSpec, PIPELINES, type Pipeline, type Stage } from "./index.ts";

for (const pipeline of PIPELINES as readonly Pipeline[]) {
  const stages: Stage[] = Object.values(pipeline.stages);
  const messages = Object.entries<MessageSpec>(pipeline.messages);
  const makers = (type: string) => stages.filter((stage) => stage.gives.includes(type));
  const takers = (type: string) => stages.filter((stage) => stage.takes.includes(type));

  it(`${pipeline.name}: every message has a maker, or comes from people or the runtime`, () => {
    const lost = stages.flatMap(({ join }) => join?.lost ?? []);
    const fromOutside = [pipeline.failed, pipeline.revoked, ...lost];
    const unmade = messages.filter(
      ([type, spec]) =>
        makers(type).length === 0 && !spec.anonymous && !spec.timer && !fromOutside.includes(type as never),
    );
    expect(unmade.map(([type]) => type)).toEqual([]);
  });

  it(`${pipeline.name}: every message has one taker, or ends the run, or waits, or only marks a turn`, () => {
    // Two stages may share the parts of a run: each part has one taker all the same.
    const count = (type: string) =>
      takers(type).reduce((sum, { parts }) => sum + (parts ? 1 / takers(type).length : 1), 0);
    const lost = messages.filter(
      ([type, spec]) => count(type) !== (spec.final || spec.waits || spec.single ? 0 : 1),
    );
    expect(lost.map(([type]) => type)).toEqual([]);
  });

  it(`${pipeline.name}: every message leaves the run in a state of its own`, () => {
    const states = messages.map(([, spec]) => spec.state);
    expect(new Set(states).size).toBe(states.length);
  });

  it(`${pipeline.name}: no message leads back to itself, but for a source split into pages`, () => {
    const next = (type: string) =>
      takers(type).flatMap((stage) => stage.gives.filter((given) => !stage.takes.includes(given)));
    const reached = (type: string): Set<string> => {
      const seen = new Set<string>();
      const queue = next(type);
      for (let at = queue.shift(); at !== undefined; at = queue.shift())
        if (!seen.has(at)) {
          seen.add(at);
          queue.push(...next(at));
        }
      return seen;
    };
    for (const [type] of messages) expect(reached(type).has(type), type).toBe(false);
  });

  it(`${pipeline.name}: consumers' names and filters are unique, so no stage takes another's work`, () => {
    const filters = stages.flatMap((stage) => [...stage.filters]);
    expect(new Set(filters).size).toBe(filters.length);
    for (const filter of filters) expect(filter.startsWith(`${pipeline.name}.`)).toBe(true);
  });
}

it("no two stages of all pipelines have one name: control, settings and tasks go by it", () => {
  const names = PIPELINES.flatMap((pipeline) => Object.keys(pipeline.stages));
  expect(new Set(names).size).toBe(names.length);
});
