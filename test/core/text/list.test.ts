import assert from 'node:assert/strict';
import { atMost, sayList } from '../../../server/src/core/text/list.ts';

describe('atMost', () => {
  const table: readonly (readonly [names: string, limit: number, expected: string])[] = [
    ['', 2, ''],
    ['a', 2, 'a'],
    ['ab', 2, 'a, b'],
    ['abc', 2, 'a, b, c'],
    ['abcd', 2, 'a, b and 2 more'],
    ['abcdef', 3, 'a, b, c and 3 more'],
  ];
  for (const [names, limit, expected] of table) {
    it(`${names} up to ${limit}`, () => assert.equal(atMost(Array.from(names), limit), expected));
  }
});

describe('sayList', () => {
  const table = [
    ['', ''],
    ['a', 'a'],
    ['ab', 'a and b'],
    ['abcd', 'a, b, c and d'],
    ['abcde', 'a, b, c and 2 more'],
  ] as const;
  for (const [names, expected] of table) {
    it(`of "${names}"`, () => assert.equal(sayList(Array.from(names)), expected));
  }
});
