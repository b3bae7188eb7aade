import type { StageSettingsRow } from "../../api/types.ts";

/** A stage's settings while somebody edits them; null and empty texts mean: as declared. */
export interface Draft {
  ratePerMinute: number | null;
  softLimitS: number | null;
  hardLimitS: number | null;
  slots: number | null;
  autoscaleMin: number | null;
  autoscaleMax: number | null;
  options: Record<string, string>;
}

const seconds = (ms: number | null) => (ms === null ? null : ms / 1000);
const millis = (s: number | null) => (s === null ? null : Math.round(s * 1000));

/** What is set now, to edit. */
export function draftOf({ settings }: StageSettingsRow): Draft {
  return {
    ratePerMinute: settings.ratePerMinute,
    softLimitS: seconds(settings.softLimitMs),
    hardLimitS: seconds(settings.hardLimitMs),
    slots: settings.slots,
    autoscaleMin: settings.autoscale?.min ?? null,
    autoscaleMax: settings.autoscale?.max ?? null,
    options: Object.fromEntries(
      Object.entries(settings.options).map(([name, value]) => [name, textOf(value)]),
    ),
  };
}

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(", ") : String(value));

/** What the gateway is sent: only what differs; null takes a setting away. */
export function changeOf(row: StageSettingsRow, draft: Draft): Record<string, unknown> {
  const before = row.settings;
  const change: Record<string, unknown> = {};
  const now = {
    ratePerMinute: draft.ratePerMinute,
    softLimitMs: millis(draft.softLimitS),
    hardLimitMs: millis(draft.hardLimitS),
    slots: draft.slots,
  };
  for (const name of ["ratePerMinute", "softLimitMs", "hardLimitMs", "slots"] as const)
    if (now[name] !== before[name]) change[name] = now[name];
  const autoscale =
    draft.autoscaleMax === null ? null : { min: draft.autoscaleMin ?? 0, max: draft.autoscaleMax };
  if (autoscale?.min !== before.autoscale?.min || autoscale?.max !== before.autoscale?.max)
    change.autoscale = autoscale;
  const options: Record<string, unknown> = {};
  for (const option of row.options) {
    const text = (draft.options[option.name] ?? "").trim();
    const set = before.options[option.name];
    if (text !== (set === undefined ? "" : textOf(set)))
      options[option.name] = text === "" ? null : typed(option.type, text);
  }
  if (Object.keys(options).length > 0) change.options = options;
  return change;
}

/** What cannot be saved, in words; null when all can. */
export function faultOf(draft: Draft): string | null {
  const { softLimitS, hardLimitS, autoscaleMin, autoscaleMax } = draft;
  if (softLimitS !== null && hardLimitS !== null && softLimitS > hardLimitS)
    return "The soft limit is above the hard limit.";
  if (autoscaleMin !== null && autoscaleMax === null) return "Autoscaling needs a most.";
  if (autoscaleMin !== null && autoscaleMax !== null && autoscaleMin > autoscaleMax)
    return "Autoscaling's least is above its most.";
  return null;
}

/** How an option of a type is edited. */
export function kindOf(type: string): "number" | "boolean" | "list" | "choice" | "text" {
  if (type === "integer" || type === "number") return "number";
  if (type === "boolean") return "boolean";
  if (type.startsWith("list")) return "list";
  return type.includes(", ") ? "choice" : "text";
}

function typed(type: string, text: string): unknown {
  const kind = kindOf(type);
  if (kind === "number") return Number(text);
  if (kind === "boolean") return text === "true";
  return kind === "list"
    ? text
        .split(",")
        .map((item) => item.trim())
        .filter(Boolean)
    : text;
}
