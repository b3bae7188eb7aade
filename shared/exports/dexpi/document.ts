import type { XmlWriter } from "../xml/create-xml-writer.ts";
import type { DrawingFrame } from "./drawing-frame.ts";
import type { Layout } from "./lay-out.ts";
import type { SignalPlan } from "./plan-signals.ts";

/** A Proteus document being written: where to, in which units, and what is known of the whole sheet. */
export interface Document {
  xml: XmlWriter;
  frame: DrawingFrame;
  layout: Layout;
  plan: SignalPlan;
}
