import type { Numbers, Ran, Session, SessionOptions, TensorData } from "./session.ts";

/** What a session's thread begins with. */
export interface Opening {
  path: string;
  options: SessionOptions;
}

/** To a session's thread: run this; without an input, end. */
export interface ToThread {
  input?: TensorData;
  into?: TensorData<Numbers>;
}

/** From it, one per message, and one when the model is loaded. */
export interface FromThread {
  opened?: Pick<Session, "inputs" | "output">;
  ran?: Ran;
  error?: string;
}
