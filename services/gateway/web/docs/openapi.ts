/** What the page reads of an OpenAPI 3.1 document. */
export interface OpenApi {
  info: { title: string; version: string; description?: string };
  paths: Record<string, Record<string, Operation>>;
}

export interface Operation {
  tags?: string[];
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: { content?: Record<string, { schema?: unknown }> };
  responses: Record<string, { description: string; content?: Record<string, { schema?: unknown }> }>;
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: { type?: string; description?: string; enum?: string[] };
}

export interface Entry {
  path: string;
  verb: string;
  operation: Operation;
}

/** Operations by their first tag, in the order of the document; those whose path or summary has the words. */
export function grouped(doc: OpenApi, search: string): [string, Entry[]][] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, Entry[]>();
  for (const [path, verbs] of Object.entries(doc.paths))
    for (const [verb, operation] of Object.entries(verbs)) {
      const text = `${verb} ${path} ${operation.summary ?? ""}`.toLowerCase();
      if (!words.every((word) => text.includes(word))) continue;
      const tag = operation.tags?.[0] ?? "other";
      const entries = groups.get(tag);
      if (entries) entries.push({ path, verb, operation });
      else groups.set(tag, [{ path, verb, operation }]);
    }
  return [...groups];
}
