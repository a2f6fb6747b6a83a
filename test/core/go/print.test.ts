import assert from 'node:assert/strict';
import { isUnset, printAsGo, printFloat, printWithPercentS } from '../../../server/src/core/go/print.ts';
import type { Value } from '../../../server/src/core/catalog/types.ts';

describe('printAsGo', () => {
  const cases: readonly [Value, string][] = [
    [null, 'nil'],
    [true, 'true'],
    ['', ''],
    ['v1.10', 'v1.10'],
    [0, '0'],
    [-5, '-5'],
    [1.1, '1.1'],
    [2.4, '2.4'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [1e-7, '1e-07'],
    [1000, '1000'],
    [20240510, '20240510'],
    [123456.5, '123456.5'],
    [1234567.5, '1.2345675e+06'],
    [1e21, '1e+21'],
    [1.5e300, '1.5e+300'],
    [Infinity, '+Inf'],
    [NaN, 'NaN'],
    [['a', 1, null], '[a 1 <nil>]'],
    [{ b: 1, a: 'x' }, 'map[a:x b:1]'],
  ];
  for (const [value, text] of cases) {
    it(`${JSON.stringify(value)} gives ${text}`, () => assert.equal(printAsGo(value), text));
  }
});

describe('printFloat', () => {
  it('has an exponent from six digits on, unlike JavaScript', () =>
    assert.deepEqual([999999, 1e6, 123456789, 1e20].map(printFloat), [
      '999999',
      '1e+06',
      '1.23456789e+08',
      '1e+20',
    ]));
});

describe('printWithPercentS', () => {
  it('marks what is no text', () =>
    assert.deepEqual(['a', 5, 1.2, true, null, ['x', 1], { b: false }].map(printWithPercentS), [
      'a',
      '%!s(int=5)',
      '%!s(float64=1.2)',
      '%!s(bool=true)',
      '%!s(<nil>)',
      '[x %!s(int=1)]',
      'map[b:%!s(bool=false)]',
    ]));
});

describe('isUnset', () => {
  it('knows the empty values of Go templates', () =>
    assert.deepEqual([null, false, 0, '', [], {}, 'false', 1, [null], { a: null }, NaN].map(isUnset), [
      ...[true, true, true, true, true, true],
      ...[false, false, false, false, false],
    ]));
});
