const base = (uid: string) => `/api/diagrams/${encodeURIComponent(uid)}`;

/** Paths of one diagram. */
export const diagramPaths = {
  one: base,
  timeline: (uid: string) => `${base(uid)}/timeline`,
  tiles: (uid: string) => `${base(uid)}/tiles`,
  thumbnail: (uid: string) => `${base(uid)}/thumbnail`,
  artifact: (uid: string, name: string) => `${base(uid)}/artifacts/${encodeURIComponent(name)}`,
  approve: (uid: string, gate: string) => `${base(uid)}/approve/${gate}`,
  draft: (uid: string, gate: string) => `${base(uid)}/draft/${gate}`,
  suggestions: (uid: string) => `${base(uid)}/suggestions`,
  retry: (uid: string) => `${base(uid)}/retry`,
  revoke: (uid: string) => `${base(uid)}/revoke`,
} as const;
