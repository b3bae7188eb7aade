import { count } from "../format/number.ts";
import { location, navigate, setQuery } from "../router/location.ts";
import { Button } from "./button.tsx";

export interface PagerProps {
  /** Place of the next page; null at the end. */
  next: string | null;
  /** All that match, when it is known. */
  total: number | null;
  /** On this page. */
  shown: number;
  size: number;
}

/**
 * Steps through pages by the cursors that answers give; the place is in the address, so that the browser's buttons
 * work: `cursor` and the number of pages before it. Cursors lead forward only: back is where we came from, or the first
 * page; whoever came by a link to a later page has only that.
 */
export function Pager({ next, total, shown, size }: PagerProps) {
  const { path, query } = location.value;
  const page = Number(query.get("page") ?? 0) || 0;
  const first = page * size + 1;
  const beforeIsKnown = page === 1 || cameByNext();
  const start = () => setQuery({ cursor: null, page: null });
  return (
    <nav class="table-foot" aria-label="pages of this list">
      <span class="dim" aria-live="polite">
        {shown === 0
          ? "none"
          : `${count(first)}–${count(first + shown - 1)}${total === null ? "" : ` of ${count(total)}`}`}
      </span>
      <span class="row">
        <Button small disabled={page === 0} onClick={start}>
          First
        </Button>
        <Button
          small
          disabled={page === 0 || !beforeIsKnown}
          {...(page > 0 && !beforeIsKnown
            ? { title: "You came here by a link: First leads to the beginning" }
            : {})}
          onClick={() => (cameByNext() ? history.back() : start())}
        >
          Back
        </Button>
        <Button
          small
          disabled={next === null}
          onClick={() => {
            const to = new URLSearchParams(query);
            to.set("cursor", next ?? "");
            to.set("page", String(page + 1));
            navigate(`${path}?${to}`, { state: BY_NEXT });
          }}
        >
          Next
        </Button>
      </span>
    </nav>
  );
}

/** Marks an entry of the browser's history whose entry before is the page before. */
const BY_NEXT = "by-next";
const cameByNext = () => history.state === BY_NEXT;
