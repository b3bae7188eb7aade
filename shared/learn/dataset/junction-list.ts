import { JunctionList } from "#shared/messages";

/** `junctions.json` version 1. @throws ZodError */
export const readJunctionList = (json: unknown): JunctionList => JunctionList.parse(json);
