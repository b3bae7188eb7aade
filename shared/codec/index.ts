export { CONTENT_TYPES, type Codec, decodeBody, encodeBody } from "./body.ts";
export { validate } from "./validate.ts";
