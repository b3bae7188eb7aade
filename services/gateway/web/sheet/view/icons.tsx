const PATHS = {
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  fit: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  select: "M6 3l12 9-6 1.5L9 20z",
  add: "M4 4h10M4 4v10M4 20h4M20 10v10h-8M17 2v6M14 5h6",
  brush: "M14 4l6 6-8 8-6-6zM6 12l-2 8 8-2",
  erase: "M8 20h12M4 14l8-9 7 6-8 9H8z",
  line: "M5 19L19 5M5 19h.01M19 5h.01",
  node: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 3v3M12 18v3M3 12h3M18 12h3",
  edge: "M6 18a2 2 0 1 0 0-.01zM18 6a2 2 0 1 0 0-.01zM7.5 16.5l9-9",
  undo: "M9 7L4 12l5 5M4 12h10a5 5 0 0 1 0 9h-3",
  redo: "M15 7l5 5-5 5M20 12H10a5 5 0 0 0 0 9h3",
  move: "M12 3v18M3 12h18M12 3l-3 3M12 3l3 3M12 21l-3-3M12 21l3-3M3 12l3-3M3 12l3 3M21 12l-3-3M21 12l-3 3",
  layers: "M12 3l9 5-9 5-9-5zM3 13l9 5 9-5",
} as const;

/** Signs of the viewer and the editors. */
export function Icons({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
