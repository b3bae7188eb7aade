import { useEffect, useState } from "preact/hooks";
import type { RunDetail, Timeline } from "../../api/types.ts";
import { useQuery } from "../../api/use-query.ts";
import { Card, Page } from "../../components/page.tsx";
import { ProblemNote } from "../../components/problem-note.tsx";
import { RunBadge } from "../../components/state-badge.tsx";
import { Loading } from "../../components/states.tsx";
import { Waterfall } from "../../components/waterfall/waterfall.tsx";
import { location } from "../../router/location.ts";
import type { PageProps } from "../../routes.ts";
import { declaration } from "../../state/declaration.ts";
import { onLive } from "../../state/live.ts";
import { diagramPaths } from "../api/diagram-paths.ts";
import { CorrectPage } from "../correct/correct-page.tsx";
import { Actions } from "./actions.tsx";
import { ArtifactList } from "./artifact-list.tsx";
import { Facts } from "./facts.tsx";
import { LogLines } from "./log-lines.tsx";
import { Notices } from "./notices.tsx";
import { SheetPanel } from "./sheet-panel.tsx";

/** One diagram: the sheet, its way through the stages, what it left behind, and what can be done. */
export function DiagramPage({ params }: PageProps) {
  const uid = params.uid ?? "";
  const live = { run: uid };
  const query = useQuery<RunDetail>(diagramPaths.one(uid), undefined, { live, calmMs: 400 });
  const story = useQuery<Timeline>(diagramPaths.timeline(uid), undefined, { live, calmMs: 1_000 });
  const run = query.data?.uid === uid ? query.data : undefined;
  const correcting = location.value.query.get("correct");
  useEffect(() => {
    if (run) document.title = `${run.name ?? run.uid} · Penstock`;
  }, [run?.name]);

  if (!run)
    return query.problem ? (
      <Page title={uid} about={<a href="/diagrams">Diagrams</a>}>
        <ProblemNote problem={query.problem} retry={query.refresh} />
      </Page>
    ) : (
      <Loading lines={8} />
    );
  if (correcting)
    return <CorrectPage key={`${uid} ${correcting}`} run={run} gate={correcting} refresh={query.refresh} />;
  const stages = declaration.value?.pipelines.find((each) => each.name === run.pipeline)?.stages ?? [];
  return (
    <Page
      title={run.name ?? run.uid}
      about={
        <span class="row">
          <a href="/diagrams">Diagrams</a> <RunBadge run={run} />
          {run.stage && !run.final && !run.waits && <Progress uid={uid} stage={run.stage} />}
        </span>
      }
      actions={<Actions run={run} onDone={query.refresh} />}
    >
      {query.problem && <ProblemNote problem={query.problem} retry={query.refresh} />}
      <Notices run={run} onDone={query.refresh} />
      <div class="diagram">
        <div class="stack">
          <SheetPanel run={run} />
          <Card title="Timeline">
            {story.data ? (
              <>
                <Waterfall tasks={story.data.tasks} order={stages.map((stage) => stage.name)} />
                <LogLines story={story.data} />
              </>
            ) : story.problem ? (
              <ProblemNote problem={story.problem} />
            ) : (
              <Loading />
            )}
          </Card>
        </div>
        <div class="stack">
          <Card title="About it">
            <Facts run={run} />
          </Card>
          <Card title="Artifacts">
            <ArtifactList run={run} />
          </Card>
        </div>
      </div>
    </Page>
  );
}

/** The stage at work and how far it is, as its events tell. */
function Progress({ uid, stage }: { uid: string; stage: string }) {
  const [told, tell] = useState<{ progress: number; note: string } | null>(null);
  useEffect(
    () =>
      onLive({ kind: "task", run: uid }, (event) => {
        if (event?.type === "task.progress")
          tell({ progress: Number(event.data.progress ?? 0), note: String(event.data.note ?? "") });
        else if (event && event.type !== "task.started") tell(null);
      }),
    [uid],
  );
  return (
    <span class="dim">
      in {stage}
      {told ? `, ${Math.round(told.progress * 100)} % ${told.note}` : ""}
    </span>
  );
}
