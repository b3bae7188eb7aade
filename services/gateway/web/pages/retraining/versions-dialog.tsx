import { useState } from "preact/hooks";
import { paths } from "../../api/paths.ts";
import { post } from "../../api/request.ts";
import type { ModelEntry, ModelVersion } from "../../api/types.ts";
import { ActionDialog } from "../../components/action-dialog.tsx";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Empty } from "../../components/states.tsx";
import { AbsoluteTime } from "../../components/time.tsx";
import { bytes } from "../../format/number.ts";
import { toast } from "../../state/toasts.ts";
import { gain } from "./grid.ts";

export interface VersionsDialogProps {
  model: ModelEntry;
  onClose: () => void;
  onDone: () => void;
}

/** Every version of a model with its figures beside the live one's; promotes. */
export function VersionsDialog({ model, onClose, onDone }: VersionsDialogProps) {
  const [promoting, setPromoting] = useState<ModelVersion>();
  const live = model.versions.find((version) => version.version === model.live);
  if (promoting)
    return (
      <ActionDialog
        title={`Promote ${model.name} ${promoting.version}`}
        action="Promote"
        reason="optional"
        onClose={() => setPromoting(undefined)}
        onConfirm={async (answer) => {
          await post(paths.promote(model.name), { ...answer, version: promoting.version });
          toast(`${model.name} ${promoting.version} is live`);
          onDone();
        }}
      >
        <Comparison version={promoting} live={live} />
        <p>Services take it up within two seconds; no task is dropped. One step leads back.</p>
      </ActionDialog>
    );
  return (
    <Dialog title={`${model.name}: versions`} onClose={onClose} wide>
      {model.versions.length === 0 && <Empty title="No version is registered" />}
      {model.versions.map((version) => (
        <details key={version.version} class="version" open={version.version === model.live}>
          <summary>
            <b>{version.version}</b>
            <span class={`state ${TONES[version.state]}`}>{version.state}</span>
            <span class="dim grow">
              <AbsoluteTime at={version.createdAt} /> by {version.by}
            </span>
            <span>{version.score?.toFixed(3) ?? "–"}</span>
          </summary>
          <div class="stack">
            <Comparison version={version} live={live} />
            <p class="dim small">
              {bytes(version.size)} · <code>{version.digest.slice(0, 20)}</code>
              {version.dataset && ` · dataset ${version.dataset}`}
              {version.lineage.run && ` · run ${version.lineage.run}`}
              {version.lineage.parent && ` · from ${version.lineage.parent}`}
              {version.lineage.trainer && ` · trainer ${version.lineage.trainer}`}
            </p>
            {version.version !== model.live && (
              <p>
                <Button small needs="admin" onClick={() => setPromoting(version)}>
                  Promote …
                </Button>
              </p>
            )}
          </div>
        </details>
      ))}
    </Dialog>
  );
}

const TONES: Record<ModelVersion["state"], string> = {
  live: "success",
  candidate: "started",
  previous: "revoked",
  retired: "pending",
  shipped: "pending",
};

/** A version's figures, beside the live one's where that is another. */
function Comparison({ version, live }: { version: ModelVersion; live: ModelVersion | undefined }) {
  const other = live && live.version !== version.version ? live : undefined;
  const rows: [string, number, number | null][] = [
    ...(version.score === null
      ? []
      : [["score", version.score, other?.score ?? null] as [string, number, number | null]]),
    ...Object.entries(version.metrics).map(([name, value]): [string, number, number | null] => [
      name,
      value,
      other?.metrics[name] ?? null,
    ]),
  ];
  if (rows.length === 0) return <p class="dim">It has no figures.</p>;
  return (
    <table class="comparison">
      <thead>
        <tr>
          <th>Figure</th>
          <th class="num">{version.version}</th>
          {other && <th class="num">live {other.version}</th>}
          {other && <th class="num">difference</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, value, before]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="num">{figure(value)}</td>
            {other && <td class="num">{before === null ? "–" : figure(before)}</td>}
            {other && <td class="num">{gain(value, before) ?? "–"}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const figure = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(4));
