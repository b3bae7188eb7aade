import type { Stage } from "#shared/pipeline";

/**
 * A module for a stage that does what every stage does with NATS, and nothing of its work: reads an artifact, writes
 * one, gives the first message the stage is declared to give; fails when the message says so. It is given as a URL
 * because that is how the runtime loads stages.
 */
export function standIn(stage: Stage): URL {
  const source = `export default {
    name: ${JSON.stringify(stage.name)},
    settings: { shape: {}, safeParse: () => ({ success: true, data: {} }) },
    async handle(message, { artifacts, task, progress }) {
      if (message.meta?.failAt === ${JSON.stringify(stage.name)}) throw new Error("told to fail");
      const [bucket, ...key] = (message.object ?? "").split("/");
      const ref = message.artifacts?.["sheet.png"] ?? { bucket, key: key.join("/") };
      const bytes = await artifacts.get(ref);
      progress(0.5);
      const stored = await artifacts.put("sheet.png", bytes);
      const { uid, meta } = message;
      return { type: ${JSON.stringify(stage.gives[0])}, body: { uid, meta, artifacts: { "sheet.png": stored } } };
    },
  };`;
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`);
}
