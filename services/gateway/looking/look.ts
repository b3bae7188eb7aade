/** A process that asks learned models about sheets for the gateway, one after the other, until it is ended. */
import { objectArtifacts } from "#shared/artifacts";
import { type Bus, busOptions, connectBus } from "#shared/bus";
import { readCommonConfig } from "#shared/config";
import { toFailure } from "#shared/errors";
import { probableCorrections, readJunctionList, type Suggestion, suggest } from "#shared/learn";
import { type ArtifactRef, Coco, Graph, type ModelName } from "#shared/messages";
import { ModelShelf, readLive } from "#shared/models";
import { readGrey } from "#shared/raster";
import type { LookAnswer, LookRequest, NeedRequest, SuggestRequest } from "./requests.ts";

const say = (answer: LookAnswer) => process.send?.(answer);

const log = { info() {}, warn: (message: string) => say({ warning: message }) };

let opened: Promise<{ bus: Bus; shelf: ModelShelf }> | undefined;

/** One connection and one set of models for all questions. */
async function open(url: string) {
  const bus = await connectBus({ ...busOptions(readCommonConfig(), "penstock-suggestions"), url });
  return { bus, shelf: new ModelShelf({ bus, exclusive: true }) };
}

/** What is needed of the artifacts and models of one question. */
async function tools(url: string) {
  opened ??= open(url);
  // A connection that could not be made is tried anew with the next question.
  opened.catch(() => {
    opened = undefined;
  });
  const { bus, shelf } = await opened;
  const artifacts = objectArtifacts(bus, () => {
    throw new Error("whoever looks writes no artifacts");
  });
  const json = async (ref: ArtifactRef): Promise<unknown> =>
    JSON.parse(new TextDecoder().decode(await artifacts.get(ref)));
  return {
    json,
    grey: async (ref: ArtifactRef) => readGrey(await artifacts.get(ref)),
    /** What is live is read anew for each question: whoever asks because of a promotion is answered by it. */
    openIfAny: async (name: ModelName) => {
      try {
        const { value } = await readLive(bus, name);
        const live = value ? { version: value.version, previous: value.previous } : undefined;
        return (await shelf.open(name, { threads: 1 }, live, log))?.model ?? null;
      } catch (error) {
        // The others may still have something to say.
        say({ warning: `model ${name} was not used: ${(error as Error).message}` });
        return null;
      }
    },
  };
}

async function suggestions({ url, sheet, claims, graph }: SuggestRequest): Promise<Suggestion[]> {
  const { json, grey, openIfAny } = await tools(url);
  const [recommendation, clustering, regression] = await Promise.all(
    (["recommendation", "clustering", "regression"] as const).map(openIfAny),
  );
  return suggest(
    {
      sheet: await grey(sheet),
      boxes: Coco.parse(await json(claims)),
      ...(graph && { graph: Graph.parse(await json(graph)) }),
    },
    {
      recommendation: recommendation ?? null,
      clustering: clustering ?? null,
      regression: regression ?? null,
    },
  );
}

async function need({ url, sheet, claims, built }: NeedRequest): Promise<number | null> {
  const { json, grey, openIfAny } = await tools(url);
  const [regression, ranking] = [await openIfAny("regression"), await openIfAny("ranking")];
  if (!regression && !ranking) return null;
  return probableCorrections(
    {
      sheet: await grey(sheet),
      detections: Coco.parse(await json(claims)),
      ...(built && {
        built: {
          graph: Graph.parse(await json(built.graph)),
          list: readJunctionList(await json(built.junctions)),
          annotations: Coco.parse(await json(built.annotations)),
        },
      }),
    },
    { regression, ranking },
  );
}

process.on("disconnect", () => process.exit(0));
process.on("message", async (request: LookRequest) => {
  try {
    say({ value: await (request.ask === "need" ? need(request) : suggestions(request)) });
  } catch (error) {
    say({ failure: toFailure(error) });
  }
});
