/** A picture of a diagram that the viewer shows as tiles. */
export interface Layer {
  /** Artifact it is cut from. */
  artifact: string;
  /** Colour of a mask's pixels as six hexadecimal digits; the sheet has its own. */
  colour: string | null;
}

/** Layers by the name they have in paths; the order is that of the viewer, lowest first. */
export const LAYERS: Readonly<Record<string, Layer>> = {
  sheet: { artifact: "sheet.png", colour: null },
  pipe_mask: { artifact: "pipe_mask.png", colour: "1565c0" },
  node_mask: { artifact: "node_mask.png", colour: "ef6c00" },
  skeleton: { artifact: "skeleton.png", colour: "c2185b" },
  junction_mask: { artifact: "junction_mask.png", colour: "2e7d32" },
  bridge_mask: { artifact: "bridge_mask.png", colour: "6a1b9a" },
};
