/** Looks at one part of a state; what it does not name stays as it was. */
export type Look<State> = () => Promise<Partial<State>>;

/**
 * Looks at all parts at once and hands each over the moment it is seen. A part is merged by whoever holds the state, in one
 * turn, so that a slow look cannot write back what was so when it began; one that fails is told, and the others go on.
 */
export async function lookAtAll<State>(
  looks: readonly Look<State>[],
  merge: (seen: Partial<State>) => void,
  onProblem: (error: unknown) => void,
): Promise<void> {
  await Promise.all(looks.map((look) => look().then(merge).catch(onProblem)));
}
