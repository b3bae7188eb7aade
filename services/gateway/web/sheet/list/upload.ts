import { paths } from "../../api/paths.ts";
import { Problem } from "../../api/problem.ts";

/** What the gateway says of a drawing it has taken. */
export interface Submitted {
  uid: string;
  name: string | null;
}

/**
 * Hands in a drawing. XMLHttpRequest, because fetch does not tell how far an upload is.
 * @param onProgress hears of the share that has left, 0..1
 * @throws Problem
 */
export function upload(file: File, review: string, onProgress: (share: number) => void): Promise<Submitted> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.set("review", review);
    form.set("file", file);
    request.open("POST", paths.diagrams);
    request.responseType = "json";
    request.upload.onprogress = (event) => onProgress(event.loaded / (event.total || 1));
    request.onerror = () => reject(new Problem(0, "UNREACHABLE", "The gateway does not answer."));
    request.onload = () => {
      if (request.status === 202) return resolve(request.response as Submitted);
      const { code, detail, requestId } = (request.response ?? {}) as Record<string, string | undefined>;
      reject(
        new Problem(
          request.status,
          code ?? `HTTP_${request.status}`,
          detail ?? `The gateway answered ${request.status}.`,
          requestId,
        ),
      );
    };
    request.send(form);
  });
}
