import { useState } from "preact/hooks";
import { paths } from "../api/paths.ts";
import { useQuery } from "../api/use-query.ts";
import { Card, Page } from "../components/page.tsx";
import { QueryView } from "../components/query-view.tsx";
import { Empty } from "../components/states.tsx";
import { type Entry, grouped, type OpenApi } from "./openapi.ts";

/** The API's description, made browsable. */
export function DocsPage() {
  const doc = useQuery<OpenApi>(paths.openapi, undefined, { everyMs: 0 });
  const [search, setSearch] = useState("");
  return (
    <main class="docs">
      <Page
        title={doc.data ? `${doc.data.info.title} ${doc.data.info.version}` : "API"}
        about={doc.data?.info.description}
        actions={
          <>
            <a class="button" href="/">
              Pages
            </a>
            <a class="button" href={paths.openapi}>
              openapi.json
            </a>
          </>
        }
      >
        <input
          type="search"
          placeholder="Find a path"
          aria-label="find a path"
          value={search}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
        <QueryView query={doc}>
          {(description) => {
            const groups = grouped(description, search);
            if (groups.length === 0) return <Empty title="No path has these words" />;
            return groups.map(([tag, entries]) => (
              <Card key={tag} title={tag}>
                <div>
                  {entries.map((entry) => (
                    <Described key={entry.verb + entry.path} {...entry} />
                  ))}
                </div>
              </Card>
            ));
          }}
        </QueryView>
      </Page>
    </main>
  );
}

const Schema = ({ schema }: { schema: unknown }) => (
  <pre class="code" tabIndex={0}>
    {JSON.stringify(schema, null, 2)}
  </pre>
);

function Described({ path, verb, operation }: Entry) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class={`verb ${verb}`}>{verb.toUpperCase()}</span>
        <code>{path}</code>
        <span class="dim">{operation.summary}</span>
      </summary>
      {open && (
        <div class="stack">
          {operation.description && <p>{operation.description}</p>}
          {operation.parameters && (
            <dl class="facts">
              {operation.parameters.map(({ name, required, description, schema, in: where }) => [
                <dt key={name}>
                  <code>{name}</code> {where}
                  {required && ", required"}
                </dt>,
                <dd key={`${name} text`}>
                  {description ?? schema?.description ?? schema?.enum?.join(", ") ?? schema?.type}
                </dd>,
              ])}
            </dl>
          )}
          {Object.entries(operation.requestBody?.content ?? {}).map(([type, { schema }]) => (
            <div key={type} class="stack">
              <p class="dim">body: {type}</p>
              <Schema schema={schema} />
            </div>
          ))}
          {Object.entries(operation.responses).map(([status, { description, content }]) => (
            <div key={status} class="stack">
              <p>
                <b>{status}</b> {description}
              </p>
              {content?.["application/json"]?.schema !== undefined && (
                <Schema schema={content["application/json"].schema} />
              )}
            </div>
          ))}
        </div>
      )}
    </details>
  );
}
