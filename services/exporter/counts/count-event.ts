import type { TaskEvent } from "#shared/messages";
import { type Counts, hostStageOf, stageOf } from "./counts.ts";
import { observe } from "./histogram.ts";
import { exceptionLabel, type Names } from "./names.ts";

/**
 * Counts one lifecycle event. `sent` and `dead-lettered` are counted from the streams that hold the messages themselves
 * (see {@link countSent}, {@link countDead}): people and the tracker send and bury too, and tell nobody here.
 */
export function countEvent(counts: Counts, names: Names, host: string, event: TaskEvent): void {
  const name = names.stage(event.stage);
  const stage = stageOf(counts, name);
  const onHost = hostStageOf(counts, host, name);
  switch (event.kind) {
    case "received":
      stage.received++;
      if (onHost) onHost.received++;
      break;
    case "started":
      stage.started++;
      if (onHost) onHost.started++;
      counts.hours[new Date(event.at).getUTCHours()]!++;
      // Later attempts waited out a delay that was meant.
      if (event.attempt <= 1 && event.waitMs !== undefined) observe(stage.wait, event.waitMs);
      break;
    case "retried":
      stage.retried++;
      if (onHost) onHost.retried++;
      countException(stage.exceptions, event);
      if (event.runtimeMs !== undefined) observe(stage.duration.retried, event.runtimeMs);
      break;
    case "redelivered":
      stage.redelivered++;
      break;
    case "succeeded":
      stage.succeeded++;
      if (event.runtimeMs !== undefined) observe(stage.duration.succeeded, event.runtimeMs);
      if (!onHost) break;
      onHost.succeeded++;
      observe(onHost.runtime, event.runtimeMs ?? 0);
      break;
    case "failed": {
      stage.failed++;
      const refused = event.error?.kind === "poison";
      if (refused) stage.rejected++;
      const exception = countException(stage.exceptions, event);
      if (event.runtimeMs !== undefined) observe(stage.duration.failed, event.runtimeMs);
      if (!onHost) break;
      if (refused) onHost.rejected++;
      onHost.failed[exception] = (onHost.failed[exception] ?? 0) + 1;
      break;
    }
    case "revoked":
      stage.revoked++;
      if (onHost) onHost.revoked++;
      break;
  }
}

function countException(exceptions: Record<string, number>, { error }: TaskEvent): string {
  const label = exceptionLabel(error, exceptions);
  exceptions[label] = (exceptions[label] ?? 0) + 1;
  return label;
}
