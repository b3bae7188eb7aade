import { useState } from "preact/hooks";
import { asProblem, type Problem } from "../api/problem.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { signIn } from "../state/session.ts";

/** Asks who we are: a token, or a name and a password. */
export function SignIn() {
  const [way, setWay] = useState<"token" | "password">("token");
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(form.get(name) ?? "");
    setBusy(true);
    try {
      await signIn(
        way === "token" ? { token: text("token") } : { name: text("username"), secret: text("password") },
      );
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <main class="sign-in">
      <form class="card form" onSubmit={submit}>
        <h1>
          <img src="/favicon.svg" alt="" width="32" height="32" /> Penstock
        </h1>
        <fieldset class="switch" aria-label="sign in with">
          {(["token", "password"] as const).map((name) => (
            <button key={name} type="button" aria-pressed={way === name} onClick={() => setWay(name)}>
              {name === "token" ? "Token" : "Name and password"}
            </button>
          ))}
        </fieldset>
        {way === "token" ? (
          <label class="field">
            <span>Token</span>
            <input key="token" name="token" type="password" required autocomplete="current-password" />
          </label>
        ) : (
          <>
            <label class="field">
              <span>Name</span>
              <input key="username" name="username" required autocomplete="username" />
            </label>
            <label class="field">
              <span>Password</span>
              <input
                key="password"
                name="password"
                type="password"
                required
                autocomplete="current-password"
              />
            </label>
          </>
        )}
        {problem && <ProblemNote problem={problem} />}
        <button type="submit" class="button primary" disabled={busy}>
          Sign in
        </button>
      </form>
    </main>
  );
}
