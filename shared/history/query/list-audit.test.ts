import { expect, it } from "vitest";
import { openHistory } from "../open-history.ts";
import { AuditQuery } from "../schemas/index.ts";

const entry = (seq: number, action: string, by: string, target: string) => ({
  ...{ seq, at: seq * 1000, action, by, target },
  ...{ role: "operator", reason: null, details: { n: seq } },
});

it("lists what people did, newest first, page by page, narrowed by action, name and target", async () => {
  const history = await openHistory(":memory:", []);
  const entries = [
    entry(3, "retry", "anna", "detect.run-1"),
    entry(5, "models.promote", "bob", "detector"),
    entry(9, "models.rollback", "anna", "detector"),
    entry(12, "revoke", "anna", "run-1"),
  ];
  history.apply(
    entries.map((each) => ({ stream: "TASKS", seq: each.seq, message: { kind: "audit", entry: each } })),
  );
  const list = (query: Record<string, unknown>) => history.listAudit(AuditQuery.parse(query));
  const seqs = (query: Record<string, unknown>) => list(query).entries.map(({ seq }) => seq);
  const first = list({ limit: 3 });
  expect(first.entries).toEqual([entries[3], entries[2], entries[1]]);
  expect(list({ limit: 3, cursor: first.cursor }).entries).toEqual([entries[0]]);
  expect(list({ limit: 4 }).cursor).toBeNull();
  expect(seqs({ action: "models.*" })).toEqual([9, 5]);
  expect(seqs({ action: "models" })).toEqual([]);
  expect(seqs({ action: "retry" })).toEqual([3]);
  expect(seqs({ by: "anna", target: "run-1" })).toEqual([12, 3]);
  history.close();
});

it("names what a worker was told by its verb, also where an older release wrote `control`", async () => {
  const history = await openHistory(":memory:", []);
  const old = { ...entry(3, "control", "anna", "detect"), details: { verb: "shutdown", workers: 1 } };
  const entries = [old, entry(5, "worker.grow", "bob", "detect"), entry(7, "retry", "bob", "detect.run-1")];
  history.apply(
    entries.map((each) => ({ stream: "TASKS", seq: each.seq, message: { kind: "audit", entry: each } })),
  );
  const actions = (query: Record<string, unknown>) =>
    history.listAudit(AuditQuery.parse(query)).entries.map(({ action }) => action);
  expect(actions({})).toEqual(["retry", "worker.grow", "worker.shutdown"]);
  expect(actions({ action: "worker.*" })).toEqual(["worker.grow", "worker.shutdown"]);
  expect(actions({ action: "worker.shutdown" })).toEqual(["worker.shutdown"]);
  history.close();
});
