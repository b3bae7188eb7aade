import { api } from "./api.js";
import { h } from "./dom.js";

const page = document.getElementById("page");
const doc = await api("/api/openapi.json");

page.append(
  h(
    "section",
    { class: "card" },
    h("h1", null, `${doc.info.title} ${doc.info.version}`),
    h("p", { class: "dim" }, doc.info.description),
  ),
);

const groups = new Map();
for (const [path, verbs] of Object.entries(doc.paths))
  for (const [verb, operation] of Object.entries(verbs)) {
    const tag = operation.tags?.[0] ?? "other";
    groups.set(tag, [...(groups.get(tag) ?? []), { path, verb, operation }]);
  }

const shown = (schema) => h("pre", null, JSON.stringify(schema, null, 2));

for (const [tag, operations] of groups)
  page.append(h("section", { class: "card" }, h("h2", null, tag), ...operations.map(describe)));

function describe({ path, verb, operation }) {
  const parameters = operation.parameters ?? [];
  const bodies = Object.entries(operation.requestBody?.content ?? {});
  return h(
    "details",
    null,
    h(
      "summary",
      null,
      h("span", { class: `verb ${verb}` }, verb.toUpperCase()),
      h("span", { class: "mono" }, path),
      h("span", { class: "dim" }, operation.summary ?? ""),
    ),
    operation.description ? h("p", null, operation.description) : null,
    parameters.length
      ? h(
          "table",
          null,
          ...parameters.map((each) =>
            h(
              "tr",
              null,
              h("td", { class: "mono" }, each.name),
              h("td", { class: "dim" }, `${each.in}${each.required ? ", required" : ""}`),
              h(
                "td",
                null,
                each.description ??
                  each.schema?.description ??
                  each.schema?.enum?.join(", ") ??
                  each.schema?.type ??
                  "",
              ),
            ),
          ),
        )
      : null,
    ...bodies.map(([type, body]) =>
      h("div", null, h("p", { class: "dim" }, `body: ${type}`), shown(body.schema)),
    ),
    ...Object.entries(operation.responses).map(([status, response]) => {
      const schema = response.content?.["application/json"]?.schema;
      return h(
        "div",
        null,
        h("p", null, h("b", null, status), ` ${response.description}`),
        schema ? shown(schema) : null,
      );
    }),
  );
}
