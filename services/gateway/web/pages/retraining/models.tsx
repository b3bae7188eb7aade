import { useState } from "preact/hooks";
import type { ModelEntry, ModelVersion } from "../../api/types.ts";
import { Button } from "../../components/button.tsx";
import { Time } from "../../components/time.tsx";
import { gain } from "./grid.ts";
import { RollbackDialog } from "./rollback-dialog.tsx";
import { VersionsDialog } from "./versions-dialog.tsx";

/** Every model: what is live, what is newest, and how they compare. */
export function Models({ models, onDone }: { models: readonly ModelEntry[]; onDone: () => void }) {
  const [shown, setShown] = useState<string>();
  const [rolling, setRolling] = useState<ModelEntry>();
  const model = models.find((each) => each.name === shown);
  return (
    <>
      <div class="table-box">
        <table class="cards models">
          <thead>
            <tr>
              <th>Model</th>
              <th>Live</th>
              <th class="num">Score</th>
              <th>Newest candidate</th>
              <th class="num">Score</th>
              <th class="num">Against live</th>
              <th>
                <span class="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {models.map((each) => (
              <Row
                key={each.name}
                model={each}
                onShow={() => setShown(each.name)}
                onRoll={() => setRolling(each)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {model && <VersionsDialog model={model} onClose={() => setShown(undefined)} onDone={onDone} />}
      {rolling && <RollbackDialog model={rolling} onClose={() => setRolling(undefined)} onDone={onDone} />}
    </>
  );
}

function Row({ model, onShow, onRoll }: { model: ModelEntry; onShow: () => void; onRoll: () => void }) {
  const live = model.versions.find((version) => version.version === model.live);
  const candidate = model.versions.find((version) => version.state === "candidate");
  const better = gain(candidate?.score ?? null, live?.score ?? null);
  return (
    <tr>
      <th scope="row" class="full">
        {model.name} <span class="dim small job">{model.job}</span>
      </th>
      <td data-label="live">
        <Version version={live} name={model.live} />
      </td>
      <td class="num" data-label="score">
        {live?.score?.toFixed(3) ?? "–"}
      </td>
      <td data-label="candidate">
        <Version version={candidate} name={null} />
      </td>
      <td class="num" data-label="score">
        {candidate?.score?.toFixed(3) ?? "–"}
      </td>
      <td class={`num ${better?.startsWith("+") ? "good-text" : ""}`} data-label="gain">
        {better ?? "–"}
      </td>
      <td class="full">
        <span class="row end">
          <Button small onClick={onShow}>
            {model.versions.length} {model.versions.length === 1 ? "version" : "versions"}
          </Button>
          <Button
            small
            needs="admin"
            disabled={model.previous === null}
            {...(model.previous === null ? { title: "No version was live before this one" } : {})}
            onClick={onRoll}
          >
            Roll back …
          </Button>
        </span>
      </td>
    </tr>
  );
}

function Version({ version, name }: { version: ModelVersion | undefined; name: string | null }) {
  if (!version) return <span class="dim">{name ?? "none"}</span>;
  return (
    <>
      {version.version}{" "}
      <span class="dim small">
        <Time at={version.createdAt} />
      </span>
    </>
  );
}
