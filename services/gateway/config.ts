import { z } from "zod";
import { FatalError } from "#shared/errors";
import { UPLOAD_MAX_BYTES } from "#shared/operate";

/** Settings of the gateway, from `GATEWAY_…`. */
export const GatewayConfig = z.object({
  host: z
    .string()
    .min(1)
    .default("127.0.0.1")
    .describe("Address to listen on; any but loopback needs GATEWAY_TOKEN or GATEWAY_USERS"),
  port: z.number().int().min(0).max(65_535).default(8080).describe("Port to listen on; 0 takes a free one"),
  token: z.string().min(8).optional().describe("Whoever sends it is admin and may do everything"),
  viewerToken: z.string().min(8).optional().describe("Whoever sends it may look"),
  users: z
    .array(z.string())
    .default([])
    .describe(
      "People with secrets of their own: `<name>:<viewer|operator|admin>:<hash>`, see `penstock user`",
    ),
  usersFile: z.string().min(1).optional().describe("File with more users, one a line"),
  readOnly: z.boolean().default(false).describe("Nobody may change anything"),
  hosts: z
    .array(z.string())
    .default([])
    .describe("More host names answered to without a token, beside those of loopback"),
  uploadMaxMb: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(UPLOAD_MAX_BYTES / 1024 / 1024)
    .describe("Largest drawing taken"),
  tilesFolder: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Folder in which tiles of sheets are kept; otherwise a temporary one that goes with the process",
    ),
  tilesMaxMb: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(1024)
    .describe("Most megabytes of tiles kept; those used longest ago go first"),
  badge: z.string().max(40).default("").describe("Name of the environment, shown on the page"),
});
export type GatewayConfig = z.infer<typeof GatewayConfig>;

const LOOPBACK = ["localhost", "127.0.0.1", "::1", "[::1]"];

/** True for addresses only this machine reaches. */
export const isLoopback = (host: string): boolean =>
  LOOPBACK.includes(host) || /^127(\.\d{1,3}){3}$/.test(host);

/** Host names answered to without a token. */
export const knownHosts = (config: GatewayConfig): string[] => [
  ...LOOPBACK,
  ...config.hosts.map((host) => host.toLowerCase()),
];

/** Refuses to open the gateway to others when nobody has to say who they are. @throws FatalError `GATEWAY_NEEDS_TOKEN` */
export function checkExposure(config: GatewayConfig, open: boolean): void {
  if (isLoopback(config.host) || !open) return;
  throw new FatalError(
    "GATEWAY_NEEDS_TOKEN",
    `the gateway will not listen on ${config.host} without a token: set GATEWAY_TOKEN or GATEWAY_USERS, or listen on 127.0.0.1`,
  );
}
