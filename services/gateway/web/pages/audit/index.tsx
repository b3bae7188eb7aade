import { useState } from "preact/hooks";
import { paths } from "../../api/paths.ts";
import type { AuditPage as Answer, AuditRecord } from "../../api/types.ts";
import { useQuery } from "../../api/use-query.ts";
import { Code } from "../../components/code.tsx";
import { Page } from "../../components/page.tsx";
import { Pager } from "../../components/pager.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { SearchBox } from "../../components/search-box.tsx";
import { Empty } from "../../components/states.tsx";
import { AbsoluteTime } from "../../components/time.tsx";
import { location, setQuery } from "../../router/location.ts";
import "./audit.css";

const SIZE = 50;

/** Who did what, when and why. */
export function AuditPage() {
  const { query } = location.value;
  const cursor = query.get("cursor");
  const entries = useQuery<Answer>(
    paths.audit,
    { action: query.get("action"), by: query.get("by"), target: query.get("target"), cursor, limit: SIZE },
    cursor ? { everyMs: 0 } : {},
  );
  const set = (name: string) => (value: string) => setQuery({ [name]: value, cursor: null, page: null });
  return (
    <Page title="Audit" about="Everything people did: who, when, what, and why. Nothing is ever taken out">
      <div class="filters">
        <SearchBox
          value={query.get("target") ?? ""}
          label="what it was done to"
          placeholder="Done to: a diagram, a task, a stage, a queue"
          onSearch={set("target")}
        />
        <label class="field">
          <span>Action</span>
          <input
            value={query.get("action") ?? ""}
            placeholder="retry, models.*"
            onChange={(event) => set("action")(event.currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>By</span>
          <input value={query.get("by") ?? ""} onChange={(event) => set("by")(event.currentTarget.value)} />
        </label>
      </div>
      <QueryView query={entries} lines={8}>
        {(data) =>
          data.entries.length === 0 ? (
            <Empty title="Nobody has done anything like that" />
          ) : (
            <>
              <div class="table-box">
                <table class="cards audit">
                  <thead>
                    <tr>
                      <th>When</th>
                      <th>Who</th>
                      <th>What</th>
                      <th>To what</th>
                      <th>Why</th>
                      <th>
                        <span class="visually-hidden">Details</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {data.entries.map((entry) => (
                      <Row key={entry.seq} entry={entry} />
                    ))}
                  </tbody>
                </table>
              </div>
              <Pager next={data.cursor} total={null} shown={data.entries.length} size={SIZE} />
            </>
          )
        }
      </QueryView>
    </Page>
  );
}

function Row({ entry }: { entry: AuditRecord }) {
  const [open, setOpen] = useState(false);
  const hasDetails = entry.details !== null && Object.keys(entry.details).length > 0;
  return (
    <>
      <tr>
        <td class="nowrap">
          <AbsoluteTime at={entry.at} />
        </td>
        <td>
          {entry.by} {entry.role && <span class="dim small">{entry.role}</span>}
        </td>
        <td>
          <b>{entry.action}</b>
        </td>
        <td class="target">{entry.target}</td>
        <td class="full">{entry.reason ?? <span class="dim">–</span>}</td>
        <td class="num">
          {hasDetails && (
            <button
              type="button"
              class="button small quiet"
              aria-expanded={open}
              aria-label={`${open ? "less" : "more"} of ${entry.action} ${entry.target}`}
              onClick={() => setOpen(!open)}
            >
              {open ? "less" : "more"}
            </button>
          )}
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={6} class="full">
            <Code text={JSON.stringify(entry.details)} label="details" />
          </td>
        </tr>
      )}
    </>
  );
}
