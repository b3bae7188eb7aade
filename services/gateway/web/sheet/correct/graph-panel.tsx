import type { GraphEdge, NodeType } from "#shared/messages";
import { Button } from "../../components/button.tsx";
import { isUnsure } from "../paint/palette.ts";
import { ClassPicker } from "./class-picker.tsx";
import type { GraphEditor } from "./graph-editor.ts";

const LINES: readonly GraphEdge["line"][] = [
  "process",
  "signal",
  "pneumatic",
  "hydraulic",
  "utility",
  "unknown",
];
const STYLES: readonly GraphEdge["style"][] = [
  "solid",
  "dashed",
  "dotted",
  "double-slash",
  "x-marked",
  "unknown",
];
const TYPES: readonly NodeType[] = ["symbol", "tee", "cross", "endpoint", "offpage"];
const LISTED_MAX = 200;

/** What is selected, and all nodes, least certain first. */
export function GraphPanel({
  editor,
  confirm,
  show,
}: {
  editor: GraphEditor;
  confirm: () => void;
  show: (id: string) => void;
}) {
  const nodes = editor.chosenNodes;
  const edges = editor.chosenEdges;
  const { document } = editor;
  const listed = [...document.nodes].sort((a, b) => (a.score ?? 2) - (b.score ?? 2));
  return (
    <>
      {editor.mode === "node" && <NewNode editor={editor} />}
      {editor.mode === "edge" && (
        <p class="small dim">
          Click where the line begins, then where it ends; clicks between are bends. On another line a tee is
          made.
        </p>
      )}
      {nodes.length === 1 && edges.length === 0 && <OneNode editor={editor} confirm={confirm} />}
      {edges.length > 0 && nodes.length === 0 && <Edges editor={editor} />}
      {editor.selected.size > 1 && (
        <Button small kind="danger" onClick={() => editor.removeSelected()}>
          Delete {editor.selected.size}
        </Button>
      )}
      <section class="stack grow-y">
        <h2>
          {document.nodes.length} nodes, {document.edges.length} lines, {document.crossings.length} crossings
        </h2>
        <ul class="items">
          {listed.slice(0, LISTED_MAX).map((node) => (
            <li key={node.id}>
              <button
                type="button"
                class={editor.selected.has(node.id) ? "chosen" : ""}
                aria-pressed={editor.selected.has(node.id)}
                onClick={() => show(node.id)}
              >
                <span>{node.tag ?? node.class?.replaceAll("_", " ") ?? node.type}</span>
                <span class={isUnsure(node.score) ? "unsure small" : "dim small"}>
                  {node.score === undefined ? node.id : `${Math.round(node.score * 100)} %`}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {listed.length > LISTED_MAX && <p class="dim small">and {listed.length - LISTED_MAX} more</p>}
      </section>
    </>
  );
}

function NewNode({ editor }: { editor: GraphEditor }) {
  return (
    <section class="stack">
      <h2>New node</h2>
      <div class="chips">
        {TYPES.map((type) => (
          <button
            key={type}
            type="button"
            class="chip"
            aria-pressed={editor.nextType === type}
            onClick={() => {
              editor.nextType = type;
              editor.setMode("node");
            }}
          >
            {type}
          </button>
        ))}
      </div>
      <p class="small dim">
        {editor.nextType === "symbol" || editor.nextType === "offpage"
          ? "Draw a box around it."
          : "Click where it is; a tee on a line divides the line."}
      </p>
      {editor.nextType === "symbol" && (
        <ClassPicker
          value={editor.nextClass}
          others={[]}
          onPick={(name) => {
            editor.nextClass = name;
            editor.setMode("node");
          }}
        />
      )}
    </section>
  );
}

function OneNode({ editor, confirm }: { editor: GraphEditor; confirm: () => void }) {
  const [node] = editor.chosenNodes;
  if (!node) return null;
  return (
    <section class="stack">
      <h2>
        Node <code>{node.id}</code>
      </h2>
      <div class="fields">
        <label class="field">
          <span>Type</span>
          <select
            value={node.type}
            onChange={(event) => editor.setNode({ type: event.currentTarget.value as NodeType })}
          >
            {TYPES.map((type) => (
              <option key={type}>{type}</option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>Tag</span>
          <input
            value={node.tag ?? ""}
            maxLength={500}
            onChange={(event) => editor.setNode({ tag: event.currentTarget.value.trim() })}
          />
        </label>
      </div>
      <div class="row">
        {node.score !== undefined && (
          <Button small onClick={confirm} title="Enter">
            It is right ({Math.round(node.score * 100)} %)
          </Button>
        )}
        {editor.canDissolve && (
          <Button small onClick={() => editor.dissolve()} title="its two lines become one (j)">
            Take out of its line
          </Button>
        )}
        <Button small kind="danger" onClick={() => editor.removeSelected()} title="Delete">
          Delete with its lines
        </Button>
      </div>
      {(node.type === "symbol" || node.class) && (
        <ClassPicker
          value={node.class ?? ""}
          others={[]}
          onPick={(name) => editor.setNode({ class: name })}
        />
      )}
    </section>
  );
}

function Edges({ editor }: { editor: GraphEditor }) {
  const edges = editor.chosenEdges;
  const same = <K extends "line" | "style">(key: K) =>
    edges.every((edge) => edge[key] === edges[0]?.[key]) ? (edges[0]?.[key] ?? "") : "";
  const [edge] = edges;
  if (!edge) return null;
  return (
    <section class="stack">
      <h2>
        {edges.length === 1 ? (
          <>
            Line <code>{edge.id}</code>
          </>
        ) : (
          `${edges.length} lines`
        )}
      </h2>
      {edges.length === 1 && (
        <p class="small dim">
          from <code>{edge.source}</code> to <code>{edge.target}</code>; drag an end to lead it elsewhere
        </p>
      )}
      <div class="fields">
        <label class="field">
          <span>Kind</span>
          <select
            value={same("line")}
            onChange={(event) => editor.setEdges({ line: event.currentTarget.value as GraphEdge["line"] })}
          >
            {same("line") === "" && <option value="">several</option>}
            {LINES.map((line) => (
              <option key={line}>{line}</option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>Style</span>
          <select
            value={same("style")}
            onChange={(event) => editor.setEdges({ style: event.currentTarget.value as GraphEdge["style"] })}
          >
            {same("style") === "" && <option value="">several</option>}
            {STYLES.map((style) => (
              <option key={style}>{style}</option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>Direction</span>
          <select
            value={String(edge.direction)}
            onChange={(event) =>
              editor.setEdges({
                direction:
                  event.currentTarget.value === "null" ? null : (event.currentTarget.value as "forward"),
              })
            }
          >
            <option value="null">not said</option>
            <option value="forward">
              as drawn: {edge.source} → {edge.target}
            </option>
            <option value="backward">
              against it: {edge.target} → {edge.source}
            </option>
          </select>
        </label>
      </div>
      <div class="row">
        <Button small kind="danger" onClick={() => editor.removeSelected()} title="Delete">
          Delete
        </Button>
      </div>
    </section>
  );
}
