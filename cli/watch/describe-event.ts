import { duration } from "../format.ts";
import { paint } from "../style.ts";

/** One line for people about a message of a pipeline or a lifecycle event of a task. */
export function describeEvent(subject: string, at: Date, event: Record<string, unknown>): string {
  const time = paint("gray", at.toISOString().slice(11, 23));
  if (typeof event.kind === "string" && typeof event.task === "string") {
    const error = event.error as { code?: string; message?: string } | undefined;
    const details = [
      typeof event.progress === "number" ? `${Math.round(event.progress * 100)} %` : "",
      typeof event.runtimeMs === "number" ? duration(event.runtimeMs) : "",
      typeof event.note === "string" ? event.note : "",
      error ? paint("red", `${error.code} ${error.message}`) : "",
    ].filter(Boolean);
    return `${time}  ${event.kind.padEnd(13)} ${event.task}  ${paint("gray", details.join("  "))}`;
  }
  const [pipeline, type, uid = String(event.uid ?? "")] = subject.split(".");
  const message = event.error_message ? paint("red", `${event.error_code} ${event.error_message}`) : "";
  return `${time}  ${paint("bold", `${pipeline}.${type}`.padEnd(28))} ${uid}  ${message}`;
}
