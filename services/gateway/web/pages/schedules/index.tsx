import { useState } from "preact/hooks";
import { paths } from "../../api/paths.ts";
import { put } from "../../api/request.ts";
import type { Schedule } from "../../api/types.ts";
import { useQuery } from "../../api/use-query.ts";
import { Button } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { Look } from "../../components/state-badge.tsx";
import { Empty } from "../../components/states.tsx";
import { AbsoluteTime, Time } from "../../components/time.tsx";
import { runHref } from "../../format/run-href.ts";
import { runStateLook, SIGNS } from "../../format/state.ts";
import { toast } from "../../state/toasts.ts";
import { RemoveDialog } from "./remove-dialog.tsx";
import { RunDialog } from "./run-dialog.tsx";
import { ScheduleDialog } from "./schedule-dialog.tsx";

type Asked = { what: "edit" | "run" | "remove"; schedule: Schedule };

/** What runs by the clock: change, run now, switch off. */
export function SchedulesPage() {
  const schedules = useQuery<{ schedules: Schedule[] }>(paths.schedules);
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  const flip = async (schedule: Schedule) => {
    const { cron, timeZone, enabled } = schedule;
    await put(paths.schedule(schedule.name), { cron, timeZone, enabled: !enabled });
    toast(`${schedule.name} is ${enabled ? "off" : "on"}`);
    schedules.refresh();
  };
  const dialog = asked && { schedule: asked.schedule, onClose: close, onDone: schedules.refresh };
  return (
    <Page
      title="Schedules"
      about="The server's own scheduler starts these, whether or not any of our processes is up"
    >
      <QueryView query={schedules}>
        {({ schedules: list }) =>
          list.length === 0 ? (
            <Empty title="Nothing runs by the clock">
              <code>penstock schedule set</code> makes a schedule.
            </Empty>
          ) : (
            <div class="table-box">
              <table class="cards">
                <thead>
                  <tr>
                    <th>Schedule</th>
                    <th>State</th>
                    <th>When</th>
                    <th>Next</th>
                    <th>Last run</th>
                    <th>
                      <span class="visually-hidden">Actions</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {list.map((schedule) => (
                    <tr key={schedule.name}>
                      <th scope="row">
                        {schedule.name} <span class="dim small">{schedule.pipeline}</span>
                      </th>
                      <td>
                        <Look
                          look={
                            schedule.enabled
                              ? { tone: "success", sign: SIGNS.success, label: "on" }
                              : { tone: "pending", sign: SIGNS.pending, label: "off" }
                          }
                        />
                      </td>
                      <td class="full nowrap">
                        <code>{schedule.cron}</code> <span class="dim">{schedule.timeZone}</span>
                      </td>
                      <td data-label="next">
                        {schedule.next === null ? (
                          <span class="dim">–</span>
                        ) : (
                          <>
                            <Time at={schedule.next} />{" "}
                            <span class="dim small nowrap">
                              <AbsoluteTime at={schedule.next} />
                            </span>
                          </>
                        )}
                      </td>
                      <td class="full" data-label="last">
                        {schedule.last ? (
                          <span class="row">
                            <Look look={runStateLook(schedule.last.state)} />
                            <a href={runHref(schedule.pipeline, schedule.last.run)}>{schedule.last.run}</a>
                            <span class="dim">
                              <Time at={schedule.last.at} />
                            </span>
                          </span>
                        ) : (
                          <span class="dim">never</span>
                        )}
                      </td>
                      <td class="full">
                        <span class="row">
                          <Button small needs="operator" onClick={() => setAsked({ what: "run", schedule })}>
                            Run now …
                          </Button>
                          <Button small needs="admin" onClick={() => setAsked({ what: "edit", schedule })}>
                            Change …
                          </Button>
                          <Button small needs="admin" onClick={() => flip(schedule)}>
                            {schedule.enabled ? "Disable" : "Enable"}
                          </Button>
                          <Button
                            small
                            kind="danger"
                            needs="admin"
                            onClick={() => setAsked({ what: "remove", schedule })}
                          >
                            Remove …
                          </Button>
                        </span>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </QueryView>
      {dialog && asked.what === "edit" && <ScheduleDialog {...dialog} />}
      {dialog && asked.what === "run" && <RunDialog {...dialog} />}
      {dialog && asked.what === "remove" && <RemoveDialog {...dialog} />}
    </Page>
  );
}
