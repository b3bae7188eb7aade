import { useState } from "preact/hooks";
import { paths } from "../../api/paths.ts";
import type { StageSettingsRow } from "../../api/types.ts";
import { useQuery } from "../../api/use-query.ts";
import { Button } from "../../components/button.tsx";
import { Card, Page } from "../../components/page.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { duration } from "../../format/duration.ts";
import { titled } from "../../format/state.ts";
import { SettingsDialog } from "./settings-dialog.tsx";
import "./settings.css";

/** Limits and options of every stage; workers follow a change at once, and keep it when they start again. */
export function SettingsPage() {
  const settings = useQuery<{ stages: StageSettingsRow[] }>(paths.settings);
  const [changing, setChanging] = useState<StageSettingsRow>();
  return (
    <Page
      title="Settings"
      about="Of every stage, while it runs. Workers follow a change at once and keep it when they start again"
    >
      <QueryView query={settings} lines={10}>
        {({ stages }) =>
          [...new Set(stages.map((row) => row.pipeline))].map((pipeline) => (
            <Card key={pipeline} title={`${titled(pipeline)} pipeline`}>
              <div class="table-box">
                <table class="cards settings">
                  <thead>
                    <tr>
                      <th>Stage</th>
                      <th>Queue</th>
                      <th class="num">Rate</th>
                      <th class="num">Soft limit</th>
                      <th class="num">Hard limit</th>
                      <th class="num">Slots</th>
                      <th>Options set</th>
                      <th>
                        <span class="visually-hidden">Actions</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {stages
                      .filter((row) => row.pipeline === pipeline)
                      .map((row) => (
                        <Row key={row.stage} row={row} onChange={() => setChanging(row)} />
                      ))}
                  </tbody>
                </table>
              </div>
            </Card>
          ))
        }
      </QueryView>
      {changing && (
        <SettingsDialog row={changing} onClose={() => setChanging(undefined)} onDone={settings.refresh} />
      )}
    </Page>
  );
}

/** A value somebody set stands out from a declared one. */
const Value = ({ set, declared }: { set: string | null; declared: string }) =>
  set === null ? <span class="dim">{declared}</span> : <b title={`declared: ${declared}`}>{set}</b>;

function Row({ row, onChange }: { row: StageSettingsRow; onChange: () => void }) {
  const { settings, declared } = row;
  const options = Object.entries(settings.options);
  const limit = (ms: number | null) => (ms === null ? null : duration(ms));
  return (
    <tr>
      <th scope="row">{row.stage}</th>
      <td class="dim">{row.queue}</td>
      <td class="num" data-label="rate">
        <Value
          set={settings.ratePerMinute === null ? null : `${settings.ratePerMinute}/min`}
          declared="no limit"
        />
      </td>
      <td class="num" data-label="soft">
        <Value set={limit(settings.softLimitMs)} declared={duration(declared.softLimitMs)} />
      </td>
      <td class="num" data-label="hard">
        <Value set={limit(settings.hardLimitMs)} declared={duration(declared.hardLimitMs)} />
      </td>
      <td class="num" data-label="slots">
        <Value
          set={
            settings.autoscale
              ? `${settings.autoscale.min}–${settings.autoscale.max}`
              : settings.slots === null
                ? null
                : String(settings.slots)
          }
          declared={String(declared.slots)}
        />
      </td>
      <td class="full" data-label="options">
        {options.length === 0 ? (
          <span class="dim">none</span>
        ) : (
          <span class="set-options">
            {options.map(([name, value]) => (
              <span key={name}>
                {name} <b>{String(value)}</b>
              </span>
            ))}
          </span>
        )}
      </td>
      <td class="num full">
        <Button small needs="admin" label={`change ${row.stage}`} onClick={onChange}>
          Change …
        </Button>
      </td>
    </tr>
  );
}
