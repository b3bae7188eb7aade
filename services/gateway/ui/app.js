import { api } from "./api.js";
import { showDetail } from "./detail.js";
import { h } from "./dom.js";
import { showOverview } from "./overview.js";

const page = document.getElementById("page");
let leave = () => {};

/** What the gateway declares: pipelines, gates, limits. Asked for once. */
async function declaration() {
  for (;;) {
    try {
      return await api("/api/pipeline");
    } catch (error) {
      page.replaceChildren(h("div", { class: "card notice" }, h("p", null, error.message)));
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}

const declared = await declaration();
const badge = document.getElementById("badge");
badge.textContent = declared.badge;
badge.hidden = !declared.badge;

function show() {
  leave();
  const match = location.hash.match(/^#\/diagrams\/([A-Za-z0-9_-]{1,64})$/);
  page.replaceChildren();
  leave = match ? showDetail(page, declared, match[1]) : showOverview(page, declared);
  page.focus({ preventScroll: true });
  scrollTo(0, 0);
}

addEventListener("hashchange", show);
show();
