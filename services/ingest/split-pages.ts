import { createHash } from "node:crypto";
import { PermanentError } from "#shared/errors";
import { type DiagramUploaded, UID_MAX } from "#shared/messages";

/**
 * One `diagram.uploaded` per page, each a diagram of its own on the same source, then the `diagram.split` that ends the
 * parent.
 * @throws PermanentError `PDF_TOO_MANY_PAGES`, `IMAGE_TOO_MANY_PAGES`
 */
export function splitPages(
  message: DiagramUploaded,
  uid: string,
  source: { format: string; pages: number },
  maxPages: number,
) {
  const { format, pages } = source;
  if (pages > maxPages)
    throw new PermanentError(
      format === "pdf" ? "PDF_TOO_MANY_PAGES" : "IMAGE_TOO_MANY_PAGES",
      `the file has ${pages} pages, the limit is ${maxPages}; name one with "page"`,
    );
  const children = Array.from({ length: pages }, (_, i) => {
    const child = childUid(uid, i + 1);
    return {
      type: "diagram.uploaded" as const,
      id: child,
      body: {
        ...message,
        uid: child,
        page: i + 1,
        ...(message.name && { name: pageName(message.name, i + 1) }),
      },
    };
  });
  const { object: _object, file: _file, ...options } = message;
  const split = {
    type: "diagram.split" as const,
    body: { ...options, uid, pages: children.map(({ id }) => id) },
  };
  return [...children, split];
}

/** `<uid>-p<n>`; a uid that leaves no room for it is cut and told apart by a hash. */
export function childUid(uid: string, page: number): string {
  const suffix = `-p${page}`;
  if (uid.length + suffix.length <= UID_MAX) return uid + suffix;
  const hash = createHash("sha256").update(uid).digest("hex").slice(0, 8);
  return `${uid.slice(0, UID_MAX - suffix.length - hash.length - 1)}-${hash}${suffix}`;
}

function pageName(name: string, page: number): string {
  const suffix = ` (page ${page})`;
  return name.slice(0, 300 - suffix.length) + suffix;
}
