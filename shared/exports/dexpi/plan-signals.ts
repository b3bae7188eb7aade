import { symbolClass } from "#shared/symbols";
import { groupSignals, type Signal } from "./group-signals.ts";
import { type Layout, signalsOnly } from "./lay-out.ts";

/** One end of a signal as DEXPI writes it. */
export interface FlowEnd {
  role: "start" | "end";
  nodeId: string;
  /** What the information flow refers to: an instrument, or a function of one that is located at a plant item. */
  itemId: string;
  kind: "item" | "sensing" | "actuating" | "offpage";
}

/** An information flow and the instrument it is written in; none when it joins no instrument. */
export interface Flow {
  id: string;
  signal: Signal;
  ownerId: string | undefined;
  ends: FlowEnd[];
}

/** Flows by owner, and what other items must say about them. */
export interface SignalPlan {
  flows: Flow[];
  byOwner: Map<string, Flow[]>;
  /** Flow ends that refer to each instrument. */
  atInstrument: Map<string, { flowId: string; role: "start" | "end" }[]>;
  /** Off-page connectors written inside an instrument, with the first signal that reaches them. */
  ownedConnectors: Set<string>;
  /** Ids of sensing and actuating functions located at each plant item. */
  locatedAt: Map<string, string[]>;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Decides how every signal is written: which instrument owns it and which functions stand at its ends. */
export function planSignals(layout: Layout): SignalPlan {
  const plan: SignalPlan = {
    flows: [],
    byOwner: new Map(),
    atInstrument: new Map(),
    locatedAt: new Map(),
    ownedConnectors: new Set(),
  };
  const partOf = (id: string) => layout.classes.get(id)?.part;
  for (const signal of groupSignals(layout)) {
    const id = layout.newId(`InformationFlow-${signal.edges[0]!.id}`);
    const balloons = signal.terminals.filter(({ nodeId }) => partOf(nodeId) === "instrument");
    const ownerId = (balloons.find(({ role }) => role === "end") ?? balloons[0])?.nodeId;
    const ends = signal.terminals.map(({ nodeId, role }): FlowEnd => {
      const own = layout.ids.get(nodeId)!;
      const part = partOf(nodeId);
      if (part === "instrument") {
        push(plan.atInstrument, nodeId, { flowId: id, role });
        return { role, nodeId, itemId: own, kind: "item" };
      }
      const isConnector = part === "offpage" && signalsOnly(layout, nodeId);
      if (ownerId === undefined || (isConnector && plan.ownedConnectors.has(nodeId)))
        return { role, nodeId, itemId: own, kind: "item" };
      if (isConnector) {
        plan.ownedConnectors.add(nodeId);
        return { role, nodeId, itemId: own, kind: "offpage" };
      }
      const acts = !signal.measures && role === "end" && isOperated(layout.nodes.get(nodeId)?.class);
      const itemId = layout.newId(`${acts ? "Actuating" : "Sensing"}-${nodeId}`);
      push(plan.locatedAt, nodeId, itemId);
      return { role, nodeId, itemId, kind: acts ? "actuating" : "sensing" };
    });
    const flow = { id, signal, ownerId, ends };
    plan.flows.push(flow);
    if (ownerId !== undefined) push(plan.byOwner, ownerId, flow);
  }
  return plan;
}

/** Whether a signal tells a symbol what to do; all others are measured. */
function isOperated(className: string | undefined): boolean {
  const known = symbolClass(className ?? "");
  return known
    ? known.superclass === "valve" || known.superclass === "rotating"
    : /valve|pump|motor/i.test(className ?? "");
}
