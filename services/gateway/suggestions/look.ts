/** A process that looks at one sheet with learned models for the gateway, says what they suggest, and ends. */
import { objectArtifacts } from "#shared/artifacts";
import { busOptions, connectBus } from "#shared/bus";
import { readCommonConfig } from "#shared/config";
import { type Failure, toFailure } from "#shared/errors";
import { type Suggestion, suggest } from "#shared/learn";
import { type ArtifactRef, Coco, Graph } from "#shared/messages";
import { openLiveModels } from "#shared/models";
import { readGrey } from "#shared/raster";

/** What the gateway sends. */
export interface LookRequest {
  /** Where NATS is; credentials are those of the environment, the gateway's own. */
  url: string;
  sheet: ArtifactRef;
  /** `detections.json` */
  claims: ArtifactRef;
  /** `graph.json`, once there is one. */
  graph?: ArtifactRef;
}

/** What it hears: lines for its log, then one of the others. */
export type LookAnswer = { warning: string } | { suggestions: Suggestion[] } | { failure: Failure };

async function look({ url, sheet, claims, graph }: LookRequest): Promise<Suggestion[]> {
  await using bus = await connectBus({ ...busOptions(readCommonConfig(), "penstock-suggestions"), url });
  const artifacts = objectArtifacts(bus, () => {
    throw new Error("suggestions write no artifacts");
  });
  const json = async (ref: ArtifactRef): Promise<unknown> =>
    JSON.parse(new TextDecoder().decode(await artifacts.get(ref)));
  const log = { info() {}, warn: (message: string) => say({ warning: message }) };
  await using live = await openLiveModels(bus, { log });
  const [recommendation, clustering, regression] = await Promise.all(
    (["recommendation", "clustering", "regression"] as const).map((name) =>
      live.openIfAny(name, { threads: 1 }).catch((error: Error) => {
        // The others may still have something to say.
        say({ warning: `model ${name} was not used: ${error.message}` });
        return null;
      }),
    ),
  );
  return suggest(
    {
      sheet: await readGrey(await artifacts.get(sheet)),
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

const say = (answer: LookAnswer) => process.send?.(answer);

process.on("disconnect", () => process.exit(0));
process.once("message", async (request: LookRequest) => {
  const answer: LookAnswer = await look(request).then(
    (suggestions) => ({ suggestions }),
    (error) => ({ failure: toFailure(error) }),
  );
  process.send?.(answer, () => process.exit(0));
});
