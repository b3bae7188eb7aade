const ESC = "\u001b";
const ENTER = `${ESC}[?1049h${ESC}[?25l`;
const LEAVE = `${ESC}[?25h${ESC}[?1049l`;
const CTRL_C = "\u0003";

/** A full-screen view of text that ends with `q`; the terminal is as it was afterwards. */
export interface Screen extends AsyncDisposable {
  readonly ended: boolean;
  /** Replaces what is shown; only what changed is drawn, so nothing flickers. */
  draw(text: string): void;
  /** Waits, or until a key is pressed. */
  pause(ms: number): Promise<void>;
}

/** Takes over the terminal of standard output and input. */
export function openScreen(): Screen {
  const { stdin, stdout } = process;
  let ended = false;
  let wake = () => {};
  const onKey = (key: Buffer) => {
    if (["q", "Q", ESC, CTRL_C].includes(key.toString())) ended = true;
    wake();
  };
  const onSignal = () => {
    ended = true;
    wake();
  };
  stdout.write(ENTER);
  if (stdin.isTTY) stdin.setRawMode(true);
  stdin.on("data", onKey).resume();
  process.once("SIGTERM", onSignal).once("SIGINT", onSignal);
  stdout.on("resize", wakeUp);
  function wakeUp() {
    wake();
  }
  return {
    get ended() {
      return ended;
    },
    draw(text) {
      const rows = (stdout.rows ?? 40) - 1;
      const lines = text.split("\n").slice(0, rows);
      stdout.write(`${ESC}[H${lines.map((line) => `${line}${ESC}[K`).join("\n")}${ESC}[J`);
    },
    pause: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    async [Symbol.asyncDispose]() {
      stdin.off("data", onKey).pause();
      stdout.off("resize", wakeUp);
      process.off("SIGTERM", onSignal).off("SIGINT", onSignal);
      if (stdin.isTTY) stdin.setRawMode(false);
      stdout.write(LEAVE);
    },
  };
}
