import { useEffect, useRef, useState } from "preact/hooks";
import type { RunSummary } from "../../api/types.ts";
import { diagramPaths } from "../api/diagram-paths.ts";

/** Asked again this often while the gateway makes the picture. */
const AGAIN_MS = 1_500;
const TRIES_MAX = 30;

/** A small picture of the sheet, as soon as there is one. */
export function Thumbnail({ run }: { run: RunSummary }) {
  const early =
    run.state === "uploaded" || run.state === "split" || (run.error !== null && run.error.stage === "ingest");
  const [tries, setTries] = useState(0);
  const [missing, setMissing] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => setMissing(false), [run.generation]);
  if (early || missing) return <span class="thumb none" aria-hidden="true" />;
  return (
    <img
      class="thumb"
      src={diagramPaths.thumbnail(run.uid) + (tries > 0 ? `?again=${tries}` : "")}
      alt=""
      loading="lazy"
      decoding="async"
      width="104"
      height="70"
      onError={() => setMissing(true)}
      onLoad={(event) => {
        // One pixel means that the picture is being made.
        if (event.currentTarget.naturalWidth > 1 || tries >= TRIES_MAX) return;
        timer.current = setTimeout(() => setTries(tries + 1), AGAIN_MS);
      }}
    />
  );
}
