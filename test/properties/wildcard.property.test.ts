import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matchedNames, matchesWildcard } from '../../server/src/core/secrets/wildcard.ts';

/** The definition, word by word: what a pattern matches by its first character, whatever that costs. */
function matchesByDefinition([first, ...rest]: readonly string[], name: readonly string[]): boolean {
  if (first === undefined) return name.length === 0;
  if (first === '*')
    return Array.from({ length: name.length + 1 }, (_, taken) => taken).some(taken =>
      matchesByDefinition(rest, name.slice(taken)),
    );
  return (first === '?' ? name.length > 0 : name[0] === first) && matchesByDefinition(rest, name.slice(1));
}

/** The pattern as a regular expression. */
function expressionOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'su');
}

const text = (maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom('a', 'b', '-', '*', '?', '.', '[', '\\', '😀', '\n'), maxLength });

describe('properties: wildcards', () => {
  it('match as a regular expression does', () =>
    fc.assert(
      fc.property(text(12), text(12), (pattern, name) => {
        assert.equal(matchesWildcard(pattern, name), expressionOf(pattern).test(name));
      }),
      { numRuns: 3000 },
    ));

  it('match as they are defined', () =>
    fc.assert(
      fc.property(text(7), text(7), (pattern, name) => {
        assert.equal(
          matchesWildcard(pattern, name),
          matchesByDefinition(Array.from(pattern), Array.from(name)),
        );
      }),
      { numRuns: 3000 },
    ));

  /** Unrelated texts seldom match: here a name is made of the pattern. */
  it('match every name that is made of the pattern', () =>
    fc.assert(
      fc.property(text(10), fc.array(text(4), { minLength: 10, maxLength: 10 }), (pattern, fillings) => {
        const name = Array.from(pattern)
          .map((step, index) => (step === '*' ? (fillings[index] ?? '') : step === '?' ? 'x' : step))
          .join('');
        assert.deepEqual(matchedNames(pattern, [name]), [name]);
      }),
      { numRuns: 1000 },
    ));
});
