import { Uid } from "#shared/messages";
import { Refusal } from "./refusal.ts";

/**
 * A uid that may become a subject token.
 * @throws Refusal `BAD_UID`
 */
export function checkUid(uid: string): string {
  const result = Uid.safeParse(uid);
  if (result.success) return result.data;
  throw new Refusal(
    "invalid",
    "BAD_UID",
    `"${uid.slice(0, 80)}" is no uid: ${result.error.issues[0]?.message}`,
  );
}
