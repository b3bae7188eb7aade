const PATHS: Record<string, string> = {
  overview: "M3 12h4l3-8 4 16 3-8h4",
  diagrams: "M4 4h16v16H4zM8 12h3m2 0h3M11 9.5v5l3-5v5z",
  tasks: "M4 6h2m3 0h11M4 12h2m3 0h11M4 18h2m3 0h11",
  workers: "M5 5h14v6H5zM5 13h14v6H5zM8 8h.01M8 16h.01",
  queues: "M4 7h16M4 12h11M4 17h6m8-3v6m0 0-3-3m3 3 3-3",
  dead: "M4 6h16v12H4zM4 7l8 6 8-6",
  retraining: "M4 12a8 8 0 0 1 14-5l2 2m0-5v5h-5M20 12a8 8 0 0 1-14 5l-2-2m0 5v-5h5",
  schedules: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2",
  settings: "M4 7h9m4 0h3M4 17h3m4 0h9M15 4.5v5M9 14.5v5",
  audit: "M6 3h9l4 4v14H6zM9 9h5M9 13h7M9 17h7",
  menu: "M4 7h16M4 12h16M4 17h16",
  light:
    "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2m0 16v2M2 12h2m16 0h2M5 5l1.4 1.4m11.2 11.2L19 19M5 19l1.4-1.4M17.6 6.4 19 5",
  dark: "M20 14a8 8 0 0 1-10-10 8 8 0 1 0 10 10z",
  system: "M3 5h18v12H3zM8 21h8",
};

/** A line drawing, 24 units wide, in the colour of the text. */
export function Icon({ name }: { name: string }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name] ?? ""} />
    </svg>
  );
}
