const shown = document.getElementById("link");

function say(state, text) {
  shown.className = `link-state ${state}`;
  shown.textContent = text;
}

/**
 * Follows live events; the browser reconnects by itself and resumes where it was.
 * @param {string} query e.g. `type=diagram.*`
 * @param {(kind: string, data: object) => void} listener
 * @returns {() => void} stops
 */
export function follow(query, listener) {
  const source = new EventSource(`/api/events?${query}`);
  let gone = false;
  source.addEventListener("hello", () => {
    say("live", "live");
    // What happened while nobody listened.
    if (gone) listener("again", {});
    gone = false;
  });
  for (const kind of ["diagram", "task"])
    source.addEventListener(kind, (event) => listener(kind, JSON.parse(event.data)));
  let retry;
  source.onerror = () => {
    gone = true;
    explain();
    // After an HTTP error the browser gives up for good.
    if (source.readyState === EventSource.CLOSED) {
      clearTimeout(retry);
      retry = setTimeout(() => {
        stop();
        stop = follow(query, listener);
        listener("again", {});
      }, 2500);
    }
  };
  let stop = () => {
    clearTimeout(retry);
    source.close();
  };
  return () => stop();
}

/** Says what is wrong, in the gateway's words when it answers. */
async function explain() {
  try {
    const response = await fetch("/readyz");
    const { checks } = await response.json();
    const wrong = Object.entries(checks).find(([, value]) => value !== "ok");
    say("away", response.ok ? "reconnecting …" : (wrong?.[1] ?? "not ready"));
  } catch {
    say("away", "the gateway does not answer");
  }
}

/** Calls at most once per interval, and once after the last wish. */
export function calmly(work, ms = 700) {
  let timer;
  let last = 0;
  return () => {
    if (timer) return;
    const wait = Math.max(0, last + ms - Date.now());
    timer = setTimeout(() => {
      timer = undefined;
      last = Date.now();
      work();
    }, wait);
  };
}
