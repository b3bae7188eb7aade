/** One archive this machine already trusts, in the words of a deb822 stanza. */
export interface AptSource {
  uri: string;
  suite: string;
  components: string[];
  /** Options that decide trust and reach, such as `Signed-By`; kept as they are. */
  options: Record<string, string>;
}

/** Options of a one-line source that have a deb822 name; the others do not matter for one download. */
const ONE_LINE_OPTIONS: Record<string, string> = {
  "signed-by": "Signed-By",
  trusted: "Trusted",
  "check-valid-until": "Check-Valid-Until",
  "allow-insecure": "Allow-Insecure",
};
const KEPT = new Set(Object.values(ONE_LINE_OPTIONS));

/** Reads a `*.list` file: one source a line, `deb [option=value …] uri suite component…`. */
export function parseOneLineSources(text: string): AptSource[] {
  const sources: AptSource[] = [];
  for (const raw of text.split("\n")) {
    const match = /^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*(.*)$/.exec(raw.replace(/#.*/, "").trim());
    if (!match) continue;
    const options: Record<string, string> = {};
    for (const word of (match[1] ?? "").split(/\s+/)) {
      const [key, value] = word.split("=");
      const name = ONE_LINE_OPTIONS[(key ?? "").toLowerCase()];
      if (name && value) options[name] = value;
    }
    sources.push({ uri: match[2]!, suite: match[3]!, components: words(match[4]), options });
  }
  return sources;
}

/** Reads a `*.sources` file (deb822): stanzas of `Key: value`, continued on indented lines. */
export function parseDeb822Sources(text: string): AptSource[] {
  const sources: AptSource[] = [];
  const lines = text.split("\n").filter((line) => !line.startsWith("#"));
  for (const stanza of lines.join("\n").split(/\n[ \t]*\n/)) {
    const fields = new Map<string, string>();
    let key = "";
    for (const line of stanza.split("\n")) {
      if (/^[ \t]/.test(line) && key) fields.set(key, `${fields.get(key)}\n${line}`);
      else {
        const colon = line.indexOf(":");
        if (colon < 1) continue;
        key = line.slice(0, colon).trim().toLowerCase();
        fields.set(key, line.slice(colon + 1).trim());
      }
    }
    if (!words(fields.get("types")).includes("deb") || fields.get("enabled")?.toLowerCase() === "no")
      continue;
    const options: Record<string, string> = {};
    for (const name of KEPT) {
      const value = fields.get(name.toLowerCase());
      if (value) options[name] = value;
    }
    for (const uri of words(fields.get("uris")))
      for (const suite of words(fields.get("suites")))
        sources.push({ uri, suite, components: words(fields.get("components")), options });
  }
  return sources;
}

/**
 * The sources for another suite (`sid`) of the Debian archives among `sources`, each archive once.
 * Only the base suite of the running release counts: `-security`, `-updates` and other vendors have no sid.
 */
export function withSuite(sources: AptSource[], codename: string, suite: string): AptSource[] {
  const base = new Set([codename, "stable", "testing", "unstable", "sid"]);
  const chosen = new Map<string, AptSource>();
  for (const source of sources)
    if (base.has(source.suite) && source.components.includes("main") && !chosen.has(source.uri))
      chosen.set(source.uri, { ...source, suite, components: ["main"] });
  return [...chosen.values()];
}

/** Writes a source as a deb822 stanza. */
export function formatSource(source: AptSource): string {
  const fields = {
    Types: "deb",
    URIs: source.uri,
    Suites: source.suite,
    Components: source.components.join(" "),
    ...source.options,
  };
  return `${Object.entries(fields)
    .map(([key, value]) => `${key}: ${value}`)
    .join("\n")}\n`;
}

function words(text: string | undefined): string[] {
  return (text ?? "").split(/\s+/).filter(Boolean);
}
