import type { RunDetail } from "../../api/types.ts";
import { bytes } from "../../format/number.ts";
import { diagramPaths } from "../api/diagram-paths.ts";

/** Everything a diagram has left behind, to look at and to save. */
export function ArtifactList({ run }: { run: RunDetail }) {
  const entries = Object.entries(run.artifacts);
  if (entries.length === 0) return <p class="dim">None yet.</p>;
  return (
    <ul class="files">
      {entries.map(([name, ref]) => (
        <li key={name}>
          <a href={diagramPaths.artifact(run.uid, name)} target="_blank" rel="noopener">
            {name}
          </a>
          <span class="dim small">{bytes(ref.size)}</span>
          <a
            class="button quiet small"
            href={`${diagramPaths.artifact(run.uid, name)}?download=1`}
            download
            aria-label={`save ${name}`}
            title={`save ${name}`}
          >
            ↓
          </a>
        </li>
      ))}
    </ul>
  );
}
