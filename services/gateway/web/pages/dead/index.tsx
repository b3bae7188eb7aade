import { useState } from "preact/hooks";
import { paths } from "../../api/paths.ts";
import type { DeadLetter } from "../../api/types.ts";
import { useQuery } from "../../api/use-query.ts";
import { Button } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { Empty } from "../../components/states.tsx";
import { count } from "../../format/number.ts";
import { location, navigate, setQuery } from "../../router/location.ts";
import { AllDialog } from "./all-dialog.tsx";
import { DeadTable } from "./dead-table.tsx";
import { LetterDialog } from "./letter-dialog.tsx";
import "./dead.css";

const FIELDS = ["pipeline", "stage", "reason", "code", "run"] as const;
const SIZE = 100;

/** Messages nobody could work on: look, send again, drop. */
export function DeadPage() {
  const { query } = location.value;
  const filter = Object.fromEntries(
    FIELDS.map((name) => [name, query.get(name) ?? ""]).filter(([, value]) => value !== ""),
  );
  const after = query.get("after");
  const letters = useQuery<{ letters: DeadLetter[]; next: number | null }>(
    paths.dead,
    { ...filter, after, limit: SIZE },
    { live: { kind: "task" } },
  );
  const seq = Number(query.get("letter"));
  const [asked, setAsked] = useState<"redrive" | "drop">();
  const filtered = Object.keys(filter).length > 0;
  const data = letters.data;
  const open = (letter: number | null) => setQuery({ letter: letter === null ? null : String(letter) });
  return (
    <Page
      title="Dead letters"
      about="Messages nobody could work on, with why and from where; a letter stays until it is sent again or dropped"
      actions={
        <>
          <Button
            needs="operator"
            disabled={!data || data.letters.length === 0}
            onClick={() => setAsked("redrive")}
          >
            {filtered ? "Redrive matching …" : "Redrive all …"}
          </Button>
          <Button
            needs="admin"
            kind="danger"
            disabled={!data || data.letters.length === 0}
            onClick={() => setAsked("drop")}
          >
            {filtered ? "Drop matching …" : "Drop all …"}
          </Button>
        </>
      }
    >
      <DeadFilters letters={data?.letters ?? []} filtered={filtered} />
      <QueryView query={letters} lines={8}>
        {({ letters: list, next }) =>
          list.length === 0 ? (
            <Empty title={filtered ? "No letter matches" : "No dead letters"}>
              {filtered ? (
                <Button onClick={() => navigate("/dead")}>Clear the filters</Button>
              ) : (
                "Every message that was handed in was worked on, or failed in a way that its run tells."
              )}
            </Empty>
          ) : (
            <>
              <DeadTable letters={list} onOpen={open} />
              <div class="table-foot">
                <span class="dim">{count(list.length)} shown, oldest first</span>
                <span class="row">
                  {after && (
                    <Button small onClick={() => setQuery({ after: null })}>
                      First
                    </Button>
                  )}
                  <Button small disabled={next === null} onClick={() => setQuery({ after: String(next) })}>
                    Next
                  </Button>
                </span>
              </div>
            </>
          )
        }
      </QueryView>
      {seq > 0 && <LetterDialog seq={seq} onClose={() => open(null)} onDone={letters.refresh} />}
      {asked && (
        <AllDialog
          verb={asked}
          filter={filter}
          onClose={() => setAsked(undefined)}
          onDone={letters.refresh}
        />
      )}
    </Page>
  );
}

/** Choices for what the letters shown have in common. */
function DeadFilters({ letters, filtered }: { letters: readonly DeadLetter[]; filtered: boolean }) {
  const { query } = location.value;
  if (letters.length === 0 && !filtered) return null;
  return (
    <div class="filters">
      {(["stage", "reason", "code"] as const).map((name) => {
        const now = query.get(name) ?? "";
        const values = [...new Set([...(now ? [now] : []), ...letters.map((letter) => letter[name])])].sort();
        return (
          <label key={name} class="field">
            <span>{name.replace(/^./, (letter) => letter.toUpperCase())}</span>
            <select
              value={now}
              onChange={(event) => setQuery({ [name]: event.currentTarget.value, after: null })}
            >
              <option value="">any</option>
              {values.map((value) => (
                <option key={value}>{value}</option>
              ))}
            </select>
          </label>
        );
      })}
      {filtered && <Button onClick={() => navigate("/dead")}>Clear</Button>}
    </div>
  );
}
