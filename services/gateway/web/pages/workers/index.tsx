import { useState } from "preact/hooks";
import { paths } from "../../api/paths.ts";
import type { WorkerRow, WorkersAnswer } from "../../api/types.ts";
import { useQuery } from "../../api/use-query.ts";
import { Page } from "../../components/page.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { Empty } from "../../components/states.tsx";
import { Tile } from "../../components/tile.tsx";
import { bytes, count, rate } from "../../format/number.ts";
import { location, setQuery } from "../../router/location.ts";
import { declaration } from "../../state/declaration.ts";
import { inOrder } from "./in-order.ts";
import { sumOf } from "./sum.ts";
import { WorkerDialog, type WorkerVerb } from "./worker-dialog.tsx";
import { WorkerTable } from "./worker-table.tsx";
import "./workers.css";

const TOLD_MS = 1_800;

/** Who works: slots, tasks, processor and memory; grow, shrink, limit, shut down. */
export function WorkersPage() {
  const workers = useQuery<WorkersAnswer>(paths.workers, undefined, {
    live: { kind: "task" },
    calmMs: 2_000,
    everyMs: 5_000,
  });
  const [asked, setAsked] = useState<{ verb: WorkerVerb; worker: WorkerRow }>();
  const again = () => {
    workers.refresh();
    // A worker tells its new slots with its next sign of life.
    setTimeout(workers.refresh, TOLD_MS);
  };
  const { query } = location.value;
  const chosen = query.get("queue") ?? "";
  const offline = query.get("offline") === "yes";
  return (
    <Page title="Workers" about="A worker runs one stage; what it runs at once is its slots">
      <QueryView query={workers} lines={10}>
        {(data) => {
          const queues = [...new Set(data.workers.map((worker) => worker.queue))].sort();
          const gone = data.workers.filter((worker) => !worker.online).length;
          const shown = inOrder(
            data.workers.filter(
              (worker) => (worker.online || offline) && (chosen === "" || worker.queue === chosen),
            ),
            declaration.value?.pipelines ?? [],
          );
          const sum = sumOf(data.workers);
          return (
            <>
              <div class="tiles">
                <Tile
                  label="online"
                  value={count(sum.online)}
                  tone={sum.online > 0 ? "success" : "failure"}
                />
                <Tile label="offline" value={count(gone)} />
                <Tile label="slots in use" value={`${count(sum.active)} of ${count(sum.slots)}`} />
                <Tile label="processed" value={count(sum.processed)} />
                <Tile label="rate" value={rate(sum.perSecond)} />
                <Tile label="memory" value={bytes(sum.memory)} title="of all processes together" />
              </div>
              <div class="row">
                <fieldset class="chips" aria-label="queues">
                  {["", ...queues].map((queue) => (
                    <button
                      key={queue}
                      type="button"
                      class="chip"
                      aria-pressed={queue === chosen}
                      onClick={() => setQuery({ queue })}
                    >
                      {queue || "all queues"}
                    </button>
                  ))}
                </fieldset>
                {gone > 0 && (
                  <label class="row">
                    <input
                      type="checkbox"
                      checked={offline}
                      onChange={() => setQuery({ offline: offline ? null : "yes" })}
                    />
                    show {count(gone)} offline
                  </label>
                )}
              </div>
              {shown.length === 0 ? (
                <Empty
                  title={data.workers.length === 0 ? "No worker has been heard of" : "None here is online"}
                >
                  <code>penstock worker --queues default</code> starts one.
                </Empty>
              ) : (
                <WorkerTable workers={shown} onAct={(verb, worker) => setAsked({ verb, worker })} />
              )}
            </>
          );
        }}
      </QueryView>
      {asked && <WorkerDialog {...asked} onClose={() => setAsked(undefined)} onDone={again} />}
    </Page>
  );
}
