import { z } from "zod";

/** Where an immutable artifact lies in an object store, and what must come back when it is read. */
export const ArtifactRef = z.object({
  bucket: z.string().min(1),
  key: z.string().min(1).max(500),
  /** Bytes. */
  size: z.number().int().nonnegative(),
  /** `SHA-256=<base64url>`, as the object store writes it. */
  digest: z.string().max(200),
  contentType: z.string().max(100).default("application/octet-stream"),
});
export type ArtifactRef = z.infer<typeof ArtifactRef>;
