import { api } from "./api.js";
import { h } from "./dom.js";
import { ago, look, moment } from "./format.js";

const FILTERS = [
  ["all", ""],
  ["at work", "phase=active"],
  ["to check", "phase=waiting"],
  ["completed", "state=completed"],
  ["error", "state=error"],
  ["revoked", "state=revoked"],
];

/** Diagrams, newest first: filter, search, more. */
export function diagramList() {
  let filter = "";
  let search = "";
  let pages = 1;
  const rows = new Map();
  const body = h("div", { class: "list" });
  const more = h(
    "button",
    {
      class: "more",
      hidden: true,
      onclick: () => {
        pages++;
        refresh();
      },
    },
    "More",
  );
  const chips = FILTERS.map(([label, query]) =>
    h(
      "button",
      {
        "aria-pressed": String(query === filter),
        onclick: (event) => {
          filter = query;
          pages = 1;
          for (const chip of chips) chip.setAttribute("aria-pressed", String(chip === event.currentTarget));
          refresh();
        },
      },
      label,
    ),
  );
  let typing;
  const box = h("input", {
    type: "search",
    placeholder: "Name or id",
    "aria-label": "search diagrams",
    oninput: () => {
      clearTimeout(typing);
      typing = setTimeout(() => {
        search = box.value.trim();
        pages = 1;
        refresh();
      }, 250);
    },
  });

  let asked = 0;
  async function refresh() {
    const mine = ++asked;
    const found = [];
    let cursor = null;
    try {
      for (let page = 0; page < pages; page++) {
        const query = [
          filter,
          "limit=50",
          search && `q=${encodeURIComponent(search)}`,
          cursor && `cursor=${encodeURIComponent(cursor)}`,
        ];
        const answer = await api(`/api/diagrams?${query.filter(Boolean).join("&")}`);
        found.push(...answer.runs);
        cursor = answer.cursor;
        if (!cursor) break;
      }
    } catch (error) {
      if (mine === asked) body.replaceChildren(h("p", { class: "empty" }, error.message));
      return;
    }
    if (mine !== asked) return;
    more.hidden = !cursor;
    for (const uid of rows.keys()) if (!found.some((run) => run.uid === uid)) rows.delete(uid);
    const nodes = found.map((run) => rowOf(rows, run));
    body.replaceChildren(
      ...(nodes.length
        ? nodes
        : [
            h(
              "p",
              { class: "empty" },
              filter || search
                ? "Nothing matches."
                : "No diagrams yet. Drop a drawing above, or: penstock submit FILE",
            ),
          ]),
    );
  }

  refresh();
  return {
    refresh,
    node: h(
      "section",
      { class: "card" },
      h("div", { class: "row between" }, h("h2", null, "Diagrams"), h("div", { class: "chips" }, chips), box),
      body,
      more,
    ),
  };
}

/** A row is kept while nothing changes, so that its picture is not fetched again. */
function rowOf(rows, run) {
  const key = `${run.updated}-${run.state}`;
  const known = rows.get(run.uid);
  if (known?.key === key) {
    known.when.textContent = ago(run.updated);
    return known.node;
  }
  const [colour, sign, words] = look(run.state);
  const when = h("div", { class: "when dim", title: moment(run.updated) }, ago(run.updated));
  const picture = known?.picture ?? thumb(run);
  const note = run.error
    ? `${run.error.stage}: ${run.error.message}`
    : run.stage && !run.final
      ? `${run.uid} · ${run.stage}`
      : run.uid;
  const percent = Math.round(run.progress * 100);
  const node = h(
    "a",
    { class: "item", href: `#/diagrams/${run.uid}` },
    picture,
    h(
      "div",
      null,
      h("div", { class: "title" }, run.name ?? run.uid),
      h("div", { class: `sub ${run.error ? "error" : ""}`, title: note }, note),
    ),
    h("span", { class: `state ${colour}` }, h("i", { "aria-hidden": "true" }, sign), words),
    h(
      "div",
      { class: "progress" },
      h(
        "div",
        {
          class: `bar ${run.final ? colour : ""}`,
          role: "progressbar",
          "aria-valuenow": String(percent),
          "aria-valuemin": "0",
          "aria-valuemax": "100",
          "aria-label": "progress",
        },
        h("i", { style: { width: `${percent}%` } }),
      ),
    ),
    when,
  );
  rows.set(run.uid, { key, node, when, picture: picture.dataset.empty ? undefined : picture });
  return node;
}

function thumb(run) {
  const early =
    run.state === "uploaded" ||
    run.state === "split" ||
    (run.state === "error" && run.error?.stage === "ingest");
  if (early) return h("div", { class: "thumb none", "data-empty": "1" }, "no sheet");
  const source = `/api/diagrams/${run.uid}/thumbnail`;
  const image = h("img", {
    class: "thumb",
    src: source,
    alt: "",
    loading: "lazy",
    decoding: "async",
    width: "104",
    height: "70",
  });
  image.addEventListener("error", () => image.replaceWith(h("div", { class: "thumb none" }, "no sheet")));
  let tries = 0;
  // One pixel means that the picture is being made.
  image.addEventListener("load", () => {
    if (image.naturalWidth > 1 || ++tries > 30) return;
    setTimeout(() => {
      if (image.isConnected) image.src = `${source}?again=${tries}`;
    }, 1500);
  });
  return image;
}
