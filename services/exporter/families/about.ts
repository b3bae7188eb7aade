import type { LiveState } from "../live/live.ts";
import { type Family, labels } from "../text/family.ts";

/** What the exporter says of itself. */
export interface About {
  version: string;
  /** When the stream stored the last message that is counted, ms; 0 for none. */
  lastEventAt: number;
  /** When the counts were last level with the streams, ms; 0 for never. */
  levelAt: number;
  connected: boolean;
}

/** Gauges of diagrams, models and the exporter. */
export function aboutFamilies({ diagrams, models, retraining }: LiveState, about: About): Family[] {
  const gauge = (name: string, help: string, value: number, text = ""): Family => ({
    name: `penstock_${name}`,
    help,
    type: "gauge",
    samples: [{ labels: text, value }],
  });
  return [
    {
      name: "penstock_diagrams",
      help: "Diagrams by state.",
      type: "gauge",
      samples: [...(diagrams ?? [])].map(([state, value]) => ({ labels: labels({ state }), value })),
    },
    {
      name: "penstock_retrain_runs",
      help: "Retrainings by state.",
      type: "gauge",
      samples: [...(retraining?.states ?? [])].map(([state, value]) => ({
        labels: labels({ state }),
        value,
      })),
    },
    ...(retraining?.last
      ? [
          gauge(
            "retrain_last_duration_seconds",
            "From request to end of the retraining that completed last.",
            retraining.last.durationMs / 1_000,
          ),
          gauge(
            "retrain_last_completed_timestamp_seconds",
            "When a retraining completed last.",
            retraining.last.endedAt / 1_000,
          ),
        ]
      : []),
    {
      name: "penstock_model_version_info",
      help: "Models in use.",
      type: "gauge",
      samples: models.map(({ model, version, source }) => ({
        labels: labels({ model, version, source }),
        value: 1,
      })),
    },
    {
      name: "penstock_model_score",
      help: "Score of the model in use on the hold-out it was judged by; higher is better.",
      type: "gauge",
      samples: models.flatMap(({ model, version, score }) =>
        score === null ? [] : [{ labels: labels({ model, version }), value: score }],
      ),
    },
    gauge("build_info", "Version.", 1, labels({ version: about.version, node: process.version })),
    gauge(
      "exporter_last_event_timestamp_seconds",
      "When the last message of tasks or workers that is counted was stored.",
      about.lastEventAt / 1000,
    ),
    gauge(
      "exporter_level_timestamp_seconds",
      "When the counts were last level with the streams.",
      about.levelAt / 1000,
    ),
    gauge("exporter_connected", "1 while NATS is connected.", about.connected ? 1 : 0),
    gauge("exporter_resident_memory_bytes", "Memory of this process.", process.memoryUsage.rss()),
  ];
}
