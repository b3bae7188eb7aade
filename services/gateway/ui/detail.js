import { api, send } from "./api.js";
import { action, h } from "./dom.js";
import { ago, bytes, look, moment } from "./format.js";
import { calmly, follow } from "./live.js";
import { waterfall } from "./timeline.js";
import { viewer } from "./viewer.js";

/** One diagram: the sheet with layers, its way through the stages, artifacts, and what can be done. */
export function showDetail(page, declared, uid) {
  const head = h("section", { class: "row" });
  const asks = h("div", { hidden: true });
  const view = viewer(uid);
  const timeline = h("section", { class: "card" });
  const facts = h("section", { class: "card" });
  const files = h("section", { class: "card" });
  page.append(
    head,
    asks,
    h(
      "div",
      { class: "detail" },
      h("div", { class: "side" }, view.node, timeline),
      h("div", { class: "side" }, facts, files),
    ),
  );
  let progress;

  async function refresh() {
    let run;
    try {
      run = await api(`/api/diagrams/${uid}`);
    } catch (error) {
      head.replaceChildren(h("h1", null, uid), h("span", { class: "state red" }, error.message));
      return;
    }
    document.title = `${run.name ?? uid} – Penstock`;
    head.replaceChildren(...header(run, declared, progress, refresh));
    asks.replaceChildren(...notices(run, declared, refresh));
    asks.hidden = asks.childElementCount === 0;
    view.update(run.artifacts);
    facts.replaceChildren(...factList(run));
    files.replaceChildren(h("h2", null, "Artifacts"), fileList(uid, run.artifacts));
    const story = await api(`/api/diagrams/${uid}/timeline`).catch(() => null);
    if (story) timeline.replaceChildren(...waterfall(story, declared));
  }
  const soon = calmly(refresh, 500);
  const stop = follow(`uid=${uid}`, (kind, data) => {
    if (kind === "task" && data.type === "task.progress") progress = data;
    else if (kind === "task" && data.type !== "task.started") progress = undefined;
    soon();
  });
  refresh();
  return stop;
}

function header(run, declared, progress, refresh) {
  const [colour, sign, words] = look(run.state);
  const base = `/api/diagrams/${run.uid}`;
  const buttons = [];
  const after = (work) => async () => {
    await work();
    await refresh();
  };
  if (!declared.readOnly) {
    if (run.final && run.state !== "split")
      buttons.push(
        h(
          "button",
          {
            onclick: action(
              after(() => send(`${base}/retry`)),
              "It runs again.",
            ),
          },
          run.state === "completed" ? "Run again" : "Retry",
        ),
      );
    if (!run.final)
      buttons.push(
        h(
          "button",
          {
            class: "danger",
            onclick: action(after(() => confirm("End this diagram?") && send(`${base}/revoke`))),
          },
          "Revoke",
        ),
      );
    if (run.final || run.waits)
      buttons.push(
        h(
          "button",
          {
            class: "danger",
            onclick: action(async () => {
              if (!confirm("Delete this diagram with everything made of it?")) return;
              await api(base, { method: "DELETE" });
              location.hash = "#/";
            }),
          },
          "Delete",
        ),
      );
  }
  const now =
    progress && !run.final ? ` ${Math.round((progress.progress ?? 0) * 100)} % ${progress.note ?? ""}` : "";
  return [
    h("a", { href: "#/", "aria-label": "all diagrams" }, "←"),
    h("h1", null, run.name ?? run.uid),
    h(
      "span",
      { class: `state ${colour}` },
      h("i", { "aria-hidden": "true" }, sign),
      words,
      run.stage && !run.final && !run.waits ? h("span", { class: "dim" }, ` in ${run.stage}${now}`) : null,
    ),
    h("span", { class: "grow" }),
    ...buttons,
  ];
}

function notices(run, declared, refresh) {
  if (run.error)
    return [
      h(
        "div",
        { class: "card notice" },
        h("h2", null, `Stage ${run.error.stage} failed`),
        h("p", null, run.error.message),
        h("span", { class: "mono dim" }, run.error.code),
      ),
    ];
  const entry = Object.entries(declared.gates).find(([, gate]) => gate.waiting === `diagram.${run.state}`);
  if (!entry || declared.readOnly) return [];
  const [name, gate] = entry;
  const corrected = h("input", { type: "file", "aria-label": "corrected artifact" });
  const approve = async () => {
    const [file] = corrected.files;
    await api(`/api/diagrams/${run.uid}/approve/${name}`, { method: "POST", body: file ?? null });
    await refresh();
  };
  return [
    h(
      "div",
      { class: "card notice ask" },
      h("h2", null, `Waits for a person: ${name}`),
      h(
        "p",
        null,
        "Look at the sheet. ",
        h(
          "a",
          { href: `/api/diagrams/${run.uid}/artifacts/${gate.from}?download=1` },
          `Download ${gate.from}`,
        ),
        `, correct it, and hand in ${gate.artifact}; or accept it as it is.`,
      ),
      h(
        "div",
        { class: "row" },
        corrected,
        h("button", { class: "primary", onclick: action(approve, "It goes on.") }, "Approve"),
      ),
    ),
  ];
}

function factList(run) {
  const { counts = {}, sheet, warnings = [], confidence = {}, approvals = {} } = run.details;
  const rows = [
    ["id", h("span", { class: "mono" }, run.uid)],
    ["handed in", h("span", { title: moment(run.created) }, ago(run.created))],
    ["updated", h("span", { title: moment(run.updated) }, ago(run.updated))],
    ["review", run.review],
    sheet && ["sheet", `${sheet.widthPx} × ${sheet.heightPx} px`],
    ...Object.entries(counts).map(([what, n]) => [what, n]),
    ...Object.entries(confidence).map(([gate, value]) => [
      `least sure, ${gate}`,
      `${Math.round(value * 100)} %`,
    ]),
    ...Object.entries(approvals).map(([gate, value]) => [
      `${gate} approved`,
      `${value.by}${value.corrected ? ", corrected" : ""}`,
    ]),
    warnings.length && ["warnings", warnings.join(", ")],
    run.generation && ["retries", run.generation],
    run.parent && ["page of", h("a", { href: `#/diagrams/${run.parent}` }, run.parent)],
    run.children.length && [
      "pages",
      h(
        "span",
        null,
        ...run.children
          .slice(0, 40)
          .flatMap((uid, i) => [i ? ", " : "", h("a", { href: `#/diagrams/${uid}` }, String(i + 1))]),
      ),
    ],
  ];
  return [
    h("h2", null, "About it"),
    h(
      "dl",
      { class: "facts" },
      ...rows.filter(Boolean).flatMap(([term, value]) => [h("dt", null, term), h("dd", null, value)]),
    ),
  ];
}

function fileList(uid, artifacts) {
  const entries = Object.entries(artifacts);
  if (entries.length === 0) return h("p", { class: "dim" }, "None yet.");
  return h(
    "ul",
    { class: "files" },
    ...entries.map(([name, ref]) =>
      h(
        "li",
        null,
        h("a", { href: `/api/diagrams/${uid}/artifacts/${name}`, target: "_blank", rel: "noopener" }, name),
        h("span", { class: "dim" }, bytes(ref.size)),
      ),
    ),
  );
}
