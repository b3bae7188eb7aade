import type sharp from "sharp";

let loaded: Promise<typeof sharp> | undefined;

/** libvips, loaded with the first image: a process that never decodes one does not pay its 40 MB. */
export function loadSharp(): Promise<typeof sharp> {
  loaded ??= import("sharp").then(({ default: module }) => {
    // Sheets are read once: caching operations keeps their pixels alive for nothing.
    module.cache(false);
    return module;
  });
  return loaded;
}
