import type { Problem } from "../api/problem.ts";
import { Button } from "./button.tsx";

/** What went wrong, in the gateway's words, with its code and the request's id. */
export function ProblemNote({ problem, retry }: { problem: Problem; retry?: () => void }) {
  return (
    <div class="note bad" role="alert">
      <div>
        <p>{problem.message}</p>
        <p class="dim small">
          <code>{problem.code}</code>
          {problem.requestId && <> · request {problem.requestId}</>}
        </p>
      </div>
      {retry && <Button onClick={retry}>Try again</Button>}
    </div>
  );
}
