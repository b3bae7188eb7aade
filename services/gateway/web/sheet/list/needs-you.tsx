import { useEffect } from "preact/hooks";
import type { Gate } from "#shared/messages";
import type { RunSummary } from "../../api/types.ts";
import { useQuery } from "../../api/use-query.ts";
import { Card } from "../../components/page.tsx";
import { count } from "../../format/number.ts";
import { canOperate } from "../../state/session.ts";
import { GATE_QUESTIONS } from "../diagram/gate-of.ts";
import { DiagramRow } from "./diagram-row.tsx";

const REVIEW = "/api/review";
const SHOWN = 6;
/** While another model's estimates come in, ms. */
const RANKING_MS = 3_000;

/** A diagram of the review queue. */
type Waiting = RunSummary & {
  gate: Gate;
  confidence: number | null;
  expectedCorrections: number | null;
  outdated: boolean;
};

interface ReviewAnswer {
  diagrams: Waiting[];
  orderedBy: "ranking" | "confidence";
  total: number | null;
}

const ORDERS = {
  ranking: "those with the most to correct first, as learned from corrections",
  confidence: "the least certain first",
} as const;

/** Diagrams that wait at a gate, those that need a person most first. */
export function NeedsYou() {
  const { data, refresh } = useQuery<ReviewAnswer>(
    REVIEW,
    { limit: 50 },
    { live: { kind: "diagram" }, calmMs: 3_000 },
  );
  const outdated = data?.diagrams.filter((each) => each.outdated).length ?? 0;
  useEffect(() => {
    if (outdated === 0) return;
    const timer = setTimeout(refresh, RANKING_MS);
    return () => clearTimeout(timer);
  }, [data, outdated, refresh]);
  if (!data || data.diagrams.length === 0) return null;
  const total = data.total ?? data.diagrams.length;
  const wide = innerWidth > 900 && canOperate.value;
  return (
    <Card
      title={`Needs you: ${count(total)}`}
      class="needs-you"
      actions={
        <>
          <span class="dim small">
            {outdated > 0 ? `estimating ${count(outdated)} anew` : ORDERS[data.orderedBy]}
          </span>
          {total > SHOWN && <a href="/diagrams?show=waiting">All that wait</a>}
        </>
      }
    >
      <ul class="diagram-list">
        {data.diagrams.slice(0, SHOWN).map((run) => (
          <DiagramRow
            key={run.uid}
            run={run}
            note={noteOf(run)}
            href={`/diagrams/${run.uid}${wide ? `?correct=${run.gate}` : ""}`}
          />
        ))}
      </ul>
    </Card>
  );
}

function noteOf({ gate, confidence, expectedCorrections }: Waiting): string {
  if (expectedCorrections !== null)
    return `${GATE_QUESTIONS[gate]} About ${Math.max(0, Math.round(expectedCorrections))} corrections expected.`;
  return confidence === null
    ? GATE_QUESTIONS[gate]
    : `${GATE_QUESTIONS[gate]} Least sure: ${Math.round(confidence * 100)} %.`;
}
