import { paths } from "../../api/paths.ts";
import type { RunSummary, RunsPage } from "../../api/types.ts";
import { useQuery } from "../../api/use-query.ts";
import { Card } from "../../components/page.tsx";
import { count } from "../../format/number.ts";
import { declaration } from "../../state/declaration.ts";
import { canOperate } from "../../state/session.ts";
import { GATE_QUESTIONS, gateOf } from "../diagram/gate-of.ts";
import { DiagramRow } from "./diagram-row.tsx";

const SHOWN = 6;

/** Diagrams that wait at a gate, the one that waits longest first. */
export function NeedsYou() {
  const waiting = useQuery<RunsPage>(
    paths.diagrams,
    { phase: "waiting", limit: 200 },
    { live: { kind: "diagram" }, calmMs: 2_000 },
  );
  const runs = [...(waiting.data?.runs ?? [])].sort((a, b) => a.updated - b.updated);
  if (runs.length === 0) return null;
  const total = waiting.data?.total ?? runs.length;
  const noteOf = (run: RunSummary) => {
    const at = gateOf(run, declaration.value);
    return at ? GATE_QUESTIONS[at.gate] : undefined;
  };
  const hrefOf = (run: RunSummary) => {
    const at = gateOf(run, declaration.value);
    const wide = innerWidth > 900 && canOperate.value;
    return `/diagrams/${run.uid}${at && wide ? `?correct=${at.gate}` : ""}`;
  };
  return (
    <Card
      title={`Needs you: ${count(total)}`}
      class="needs-you"
      actions={total > SHOWN ? <a href="/diagrams?show=waiting">All that wait</a> : undefined}
    >
      <ul class="diagram-list">
        {runs.slice(0, SHOWN).map((run) => (
          <DiagramRow key={run.uid} run={run} note={noteOf(run)} href={hrefOf(run)} />
        ))}
      </ul>
    </Card>
  );
}
