import fc from "fast-check";
import { type Graph, LineKind, LineStyle, NodeType } from "#shared/messages";
import { classNames } from "#shared/symbols";

/** Text that breaks careless writers: XML syntax, FXML operators, Java keywords, control characters, lone surrogates. */
export const nastyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom(
    ...[
      "",
      " ",
      "]]>",
      "<!-- -->",
      "<?x?>",
      "&amp;",
      "a\"b'c",
      "$var",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: FXML reads it as an expression
      "${a+b}",
      "#{b}",
      "@file",
      "%key",
      "\\",
      "\\\\",
    ],
    ...[
      "class",
      "true",
      "_",
      "lines",
      "sheet",
      "location",
      "24-VLV",
      "P-101",
      "P_101",
      "P_101_2",
      "насос-1",
      "Ünit ß",
    ],
    ...["\u0000\u0007", "\ud800", "\udfff x", "\ufffe", "\t\r\n", "👩‍🔧", "e\u0301"],
  ),
);

const number = fc.double({ min: 0, max: 5000, noNaN: true });
const point = fc.tuple(number, number);

/** Any graph the schema takes, up to a dozen nodes; ids are nasty too, but unique. */
export const arbitraryGraph: fc.Arbitrary<Graph> = fc
  .uniqueArray(
    nastyText.filter((text) => text.length > 0),
    { minLength: 1, maxLength: 12 },
  )
  .chain((ids) => {
    const node = (id: string) =>
      fc.record(
        {
          id: fc.constant(id),
          type: fc.constantFrom(...NodeType.options),
          class: fc.oneof(fc.constantFrom(...classNames), nastyText),
          score: fc.double({ min: 0, max: 1, noNaN: true }),
          bbox: fc.tuple(number, number, number, number),
          center: point,
          tag: nastyText,
        },
        { requiredKeys: ["id", "type", "center"] },
      );
    const edge = fc.record(
      {
        source: fc.constantFrom(...ids),
        target: fc.constantFrom(...ids),
        points: fc.array(point, { minLength: 2, maxLength: 4 }),
        line: fc.constantFrom(...LineKind.options),
        style: fc.constantFrom(...LineStyle.options),
        direction: fc.constantFrom("forward" as const, "backward" as const, null),
        widthPx: number,
        sourcePort: nastyText,
        tag: nastyText,
      },
      { requiredKeys: ["source", "target", "points", "line", "style", "direction", "widthPx"] },
    );
    return fc.tuple(fc.tuple(...ids.map(node)), fc.array(edge, { maxLength: 20 }), nastyText, point);
  })
  .map(([nodes, bare, uid, at]) => {
    const edges = bare.map((edge, i) => ({ ...edge, id: `e${i} ]]>` }));
    const [first, second] = edges;
    return {
      version: 1 as const,
      sheet: { uid, widthPx: 5000, heightPx: 4000 },
      nodes,
      edges,
      crossings:
        first && second
          ? [{ at, kind: "bridge" as const, edges: [first.id, second.id] as [string, string] }]
          : [],
    };
  });
