import assert from 'node:assert/strict';
import { countSteps, type Countable } from '../../client/src/commands/stepCount.ts';

interface State {
  readonly isKnown: boolean;
}

describe('the count of the steps of a flow', () => {
  const isUnknown = ({ isKnown }: State): boolean => !isKnown;
  const steps: readonly Countable<State>[] = [
    { decides: true },
    { isNeeded: isUnknown },
    { isNeeded: isUnknown },
    {},
  ];

  it('has no total before an answer that decides how many there are', () =>
    assert.deepEqual(countSteps(steps, { isKnown: false }, 0), { step: 1 }));

  it('has one as soon as it cannot change', () => {
    assert.deepEqual(countSteps(steps.slice(1), { isKnown: false }, 1), { step: 2, totalSteps: 4 });
    assert.deepEqual(countSteps(steps.slice(1), { isKnown: true }, 1), { step: 2, totalSteps: 2 });
  });
});
