/** Where a question is in its flow. */
export interface StepPlace {
  readonly title: string;
  /** From 1; `undefined`: it is the only question. */
  readonly step?: number;
  /** `undefined`: an answer may make others needless. */
  readonly totalSteps?: number;
}

/** What the count of a flow needs of a question. */
export interface Countable<State> {
  /** Without it, it always is. */
  readonly isNeeded?: (state: State) => boolean;
  /** Its answer decides whether later questions are needed. */
  readonly decides?: true;
}

/** Where a flow is, by the questions that are left and the number of those that were asked. A total that an answer may still change is not said. */
export function countSteps<State>(
  left: readonly Countable<State>[],
  state: State,
  asked: number,
): Pick<StepPlace, 'step' | 'totalSteps'> {
  const needed = left.filter(step => isNeeded(step, state));
  const step = asked + 1;
  if (needed.some(({ decides }) => decides)) return { step };
  return { step, totalSteps: asked + needed.length };
}

export function isNeeded<State>(step: Countable<State>, state: State): boolean {
  return step.isNeeded?.(state) ?? true;
}
