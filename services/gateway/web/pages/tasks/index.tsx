import { useMemo, useState } from "preact/hooks";
import { paths } from "../../api/paths.ts";
import type { TasksPage as Answer, Overview } from "../../api/types.ts";
import { useQuery } from "../../api/use-query.ts";
import { Button } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { Pager } from "../../components/pager.tsx";
import { ProblemNote } from "../../components/problem-note.tsx";
import { Empty, Loading } from "../../components/states.tsx";
import { location, navigate } from "../../router/location.ts";
import { canOperate } from "../../state/session.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { asQuery, filterOf, isEmpty } from "./filter.ts";
import { Filters } from "./filters.tsx";
import { StateChips } from "./state-chips.tsx";
import { TaskTable } from "./task-table.tsx";
import "./tasks.css";

const SIZE = 50;

/** Every task there is a record of: filters, search, pages, actions on several. */
export function TasksPage() {
  const { query } = location.value;
  const address = query.toString();
  const filter = useMemo(() => filterOf(query, Date.now()), [address]);
  const cursor = query.get("cursor");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const overview = useQuery<Overview>(
    paths.overview,
    { windowMs: 60_000 },
    { live: { kind: "task" }, calmMs: 3_000 },
  );
  const tasks = useQuery<Answer>(
    paths.tasks,
    { ...asQuery(filter), sort: query.get("sort"), cursor, limit: SIZE },
    // A later page stays as it is while it is read.
    cursor ? { everyMs: 0 } : { live: { kind: "task" } },
  );
  const search = tasks.problem?.code === "BAD_SEARCH" ? tasks.problem : undefined;
  const data = tasks.data;
  return (
    <Page title="Tasks" about="Every execution of a stage for a diagram or another run">
      <div class="stack">
        <StateChips byState={overview.data?.tasks.byState} />
        <Filters problem={search} />
      </div>
      {tasks.problem && !search && <ProblemNote problem={tasks.problem} retry={tasks.refresh} />}
      {tasks.loading && <Loading lines={10} />}
      {data && (
        <>
          <div class="table-foot">
            <BulkBar
              chosen={chosen}
              filter={filter}
              total={data.total}
              onDone={() => {
                setChosen(new Set());
                tasks.refresh();
              }}
            />
          </div>
          {data.tasks.length === 0 ? (
            isEmpty(filter) ? (
              <Empty title="No task yet">A diagram handed in makes the first ones.</Empty>
            ) : (
              <Empty title="No task matches">
                <Button onClick={() => navigate("/tasks")}>Clear the filters</Button>
              </Empty>
            )
          ) : (
            <TaskTable
              tasks={data.tasks}
              stale={tasks.stale}
              chosen={chosen}
              onChoose={canOperate.value ? setChosen : null}
            />
          )}
          <Pager next={data.cursor} total={data.total} shown={data.tasks.length} size={SIZE} />
        </>
      )}
    </Page>
  );
}
