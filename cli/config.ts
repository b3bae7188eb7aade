import { z } from "zod";
import { type CommonConfig, readCommonConfig, readEnv } from "#shared/config";
import { findUp } from "./data-folder.ts";

const Given = z.object({ natsUrl: z.string().optional() });

/** True when somebody said where NATS is; the embedded server is for when nobody did. */
export const natsUrlGiven = (): boolean => readEnv(Given).natsUrl !== undefined;

/** The common settings; without NATS_URL, of the all-in-one that runs from this folder. */
export function readCliConfig(): CommonConfig {
  const config = readCommonConfig();
  if (natsUrlGiven()) return config;
  const up = findUp();
  return up ? { ...config, natsUrl: up.natsUrl } : config;
}
