/** A layer over the sheet, from tiles or drawn from data. */
export interface ViewLayer {
  /** Of the tiles; or `boxes`, `joins`, `graph`, which are drawn. */
  name: string;
  label: string;
  /** First of these artifacts that there is. */
  artifacts: readonly string[];
  drawn: boolean;
  colour: string;
}

/** Every layer but the sheet, lowest first. */
export const VIEW_LAYERS: readonly ViewLayer[] = [
  { name: "pipe_mask", label: "pipes", artifacts: ["pipe_mask.png"], drawn: false, colour: "#1565c0" },
  { name: "node_mask", label: "symbols", artifacts: ["node_mask.png"], drawn: false, colour: "#ef6c00" },
  { name: "skeleton", label: "skeleton", artifacts: ["skeleton.png"], drawn: false, colour: "#c2185b" },
  {
    name: "junction_mask",
    label: "joins, mask",
    artifacts: ["junction_mask.png"],
    drawn: false,
    colour: "#2e7d32",
  },
  {
    name: "bridge_mask",
    label: "bridges, mask",
    artifacts: ["bridge_mask.png"],
    drawn: false,
    colour: "#6a1b9a",
  },
  {
    name: "boxes",
    label: "boxes",
    artifacts: ["annotations.json", "detections.json"],
    drawn: true,
    colour: "#007d79",
  },
  {
    name: "joins",
    label: "joins and crossings",
    artifacts: ["junctions.json"],
    drawn: true,
    colour: "#2e7d32",
  },
  {
    name: "graph",
    label: "graph",
    artifacts: ["validated_graph.json", "graph.json"],
    drawn: true,
    colour: "#0f62c4",
  },
];

/** Artifacts that tiles are cut from. */
export const LAYER_ARTIFACTS: readonly string[] = [
  "sheet.png",
  ...VIEW_LAYERS.filter((layer) => !layer.drawn).flatMap((layer) => layer.artifacts),
];

/** The layers there are, each with the artifact it shows. */
export function presentLayers(artifacts: Record<string, unknown>): (ViewLayer & { artifact: string })[] {
  return VIEW_LAYERS.flatMap((layer) => {
    const artifact = layer.artifacts.find((name) => artifacts[name] !== undefined);
    return artifact === undefined ? [] : [{ ...layer, artifact }];
  });
}

/** What is looked at first: the latest thing that there is to check. */
export function firstLayers(artifacts: Record<string, unknown>): Map<string, number> {
  const on = new Map([["sheet", 1]]);
  if (artifacts["graph.json"]) on.set("graph", 0.9);
  else if (artifacts["pipe_mask.png"]) on.set("pipe_mask", 0.6);
  else if (artifacts["detections.json"] || artifacts["annotations.json"]) on.set("boxes", 1);
  return on;
}
