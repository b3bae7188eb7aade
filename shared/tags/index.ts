export { attachTags, type TaggedGraph, tagRegions } from "./attach-tags.ts";
export { findTesseract } from "./find-tesseract.ts";
export { findTurn } from "./find-turn.ts";
export { layOut, type Mosaic } from "./lay-out.ts";
export { isLineTag, isTag, tidy } from "./patterns.ts";
export { type ReadOptions, type ReadText, readTexts } from "./read-texts.ts";
