import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { decodeBody, encodeBody, validate } from "./index.ts";

const code = (fn: () => unknown) => {
  try {
    fn();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return "nothing thrown";
};

describe("codec", () => {
  it("gives back what it was given, in both codecs and without a content type", () => {
    const value = fc.dictionary(
      fc.string().filter((key) => key !== "__proto__"),
      fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.integer())),
    );
    fc.assert(
      fc.property(value, fc.constantFrom("json" as const, "msgpack" as const), (body, codec) => {
        const { bytes, contentType } = encodeBody(body, codec);
        expect(decodeBody(bytes, contentType)).toEqual({ ...body });
        expect(decodeBody(bytes)).toEqual({ ...body });
      }),
    );
  });

  it("refuses bytes that are neither, empty bodies and strange content types", () => {
    expect(code(() => decodeBody(new Uint8Array([0xc1])))).toBe("UNDECODABLE");
    expect(code(() => decodeBody(new Uint8Array()))).toBe("UNDECODABLE");
    expect(code(() => decodeBody(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d])))).toBe("UNDECODABLE");
    expect(code(() => decodeBody(new Uint8Array([1]), "text/html"))).toBe("UNKNOWN_CONTENT_TYPE");
  });

  it("drops unknown fields and names every wrong one", () => {
    const schema = z.object({ uid: z.string(), page: z.number() });
    expect(validate(schema, { uid: "a", page: 1, extra: true }, "diagram.uploaded")).toEqual({
      uid: "a",
      page: 1,
    });
    expect(() => validate(schema, { uid: 1 }, "diagram.uploaded")).toThrow(/uid: .*page: /);
  });
});
