/** What the process ends with; docs/cli.md explains each. The last three are those of sysexits.h. */
export const Exit = {
  ok: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  conflict: 4,
  /** What was watched ended otherwise than completed: in error, revoked, skipped. */
  watchedFailed: 5,
  unavailable: 69,
  config: 78,
  interrupted: 130,
} as const;
