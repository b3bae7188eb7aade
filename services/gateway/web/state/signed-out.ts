import { signal } from "@preact/signals";

/** The gateway wants to know who we are. */
export const mustSignIn = signal(false);
