import { useEffect } from "preact/hooks";
import { ProblemNote } from "./components/problem-note.tsx";
import { Loading } from "./components/states.tsx";
import { Shell } from "./layout/shell.tsx";
import { SignIn } from "./layout/sign-in.tsx";
import { loadDeclaration } from "./state/declaration.ts";
import { startLive } from "./state/live.ts";
import { loadSession, session, sessionProblem } from "./state/session.ts";
import { mustSignIn } from "./state/signed-out.ts";

/** Who we are first; then the pages. */
export function App() {
  useEffect(() => {
    loadSession();
  }, []);
  const known = session.value !== undefined && !mustSignIn.value;
  useEffect(() => {
    if (!known) return;
    loadDeclaration();
    startLive();
  }, [known]);
  if (mustSignIn.value) return <SignIn />;
  if (known) return <Shell />;
  return (
    <main class="sign-in">
      {sessionProblem.value ? (
        <ProblemNote problem={sessionProblem.value} retry={loadSession} />
      ) : (
        <Loading lines={3} />
      )}
    </main>
  );
}
