import type { ComponentChildren } from "preact";
import type { RunDetail } from "../../api/types.ts";
import { Time } from "../../components/time.tsx";
import { count } from "../../format/number.ts";
import { words } from "../../format/state.ts";
import { useArtifact } from "../api/use-artifact.ts";
import { type Doubts, qualityReasons } from "./quality-reasons.ts";

interface Details extends Doubts {
  counts?: Record<string, number>;
  sheet?: { widthPx: number; heightPx: number };
  confidence?: Record<string, number>;
  approvals?: Record<string, { by: string; at: number; corrected: boolean }>;
}

/** What is known of a diagram. */
export function Facts({ run }: { run: RunDetail }) {
  const details = run.details as Details;
  const sheet = useArtifact<Doubts & Record<string, unknown>>(run, "sheet.json").data;
  const reasons = qualityReasons(details, sheet);
  const rows: [string, ComponentChildren][] = [
    ["id", <code key="id">{run.uid}</code>],
    ["handed in", <Time key="in" at={run.created} />],
    ["updated", <Time key="up" at={run.updated} />],
    ["review", run.review ?? "none"],
  ];
  if (details.sheet) rows.push(["sheet", `${details.sheet.widthPx} × ${details.sheet.heightPx} px`]);
  for (const [what, n] of Object.entries(details.counts ?? {})) rows.push([words(what), count(n)]);
  for (const [gate, value] of Object.entries(details.confidence ?? {}))
    rows.push([`least sure, ${gate}`, `${Math.round(value * 100)} %`]);
  for (const [gate, approval] of Object.entries(details.approvals ?? {}))
    rows.push([
      `${gate} approved`,
      <span key={gate}>
        {approval.by}
        {approval.corrected ? ", corrected" : ""}, <Time at={approval.at} />
      </span>,
    ]);
  if (run.generation > 0) rows.push(["retries", run.generation]);
  if (run.parent)
    rows.push([
      "page of",
      <a key="parent" href={`/diagrams/${run.parent}`}>
        {run.parent}
      </a>,
    ]);
  if (run.children.length > 0)
    rows.push([
      "pages",
      <span key="pages" class="row">
        {run.children.slice(0, 60).map((uid, i) => (
          <a key={uid} href={`/diagrams/${uid}`}>
            {i + 1}
          </a>
        ))}
      </span>,
    ]);
  return (
    <>
      {reasons.length > 0 && (
        <div class="note warn" role="note">
          <div>
            <p>The sheet is hard to read; look twice at the result.</p>
            <ul class="small">
              {reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <dl class="facts">
        {rows.map(([term, value]) => [<dt key={`${term}-t`}>{term}</dt>, <dd key={term}>{value}</dd>])}
      </dl>
    </>
  );
}
