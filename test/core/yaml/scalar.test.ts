import assert from 'node:assert/strict';
import type { ScalarType } from '../../../server/src/core/yaml/nodes.ts';
import {
  readPlainScalar,
  readTaggedScalar,
  type ScalarReading,
} from '../../../server/src/core/yaml/scalar.ts';

type Row = readonly [source: string, value: ScalarReading['value']];

const tables: Readonly<Record<Exclude<ScalarType, 'string'>, readonly Row[]>> = {
  null: ['', '~', 'null', 'Null', 'NULL'].map(source => [source, null]),
  bool: [
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['false', false],
    ['False', false],
    ['FALSE', false],
  ],
  int: [
    ['0', 0],
    ['-0', 0],
    ['+1', 1],
    ['-12', -12],
    ['010', 8],
    ['-010', -8],
    ['0o17', 15],
    ['0O17', 15],
    ['0b1', 1],
    ['0B11', 3],
    ['0x10', 16],
    ['0XfF', 255],
    ['+0x10', 16],
    ['0x_1', 1],
    ['1_000', 1000],
    ['1__0', 10],
    ['1_', 1],
    ['+_1', 1],
    ['0_7', 7],
    ['0b-1', -1],
    ['0b+101', 5],
    ['0o-7', -7],
    ['20240510', 20240510],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', '9007199254740993'],
    ['20240510123456789', '20240510123456789'],
    ['18446744073709551615', '18446744073709551615'],
    ['-9223372036854775808', '-9223372036854775808'],
    ['0xffffffffffffffff', '18446744073709551615'],
  ],
  float: [
    ['1.10', 1.1],
    ['2.40', 2.4],
    ['1e3', 1000],
    ['1E3', 1000],
    ['1.5e-3', 0.0015],
    ['08', 8],
    ['09.5', 9.5],
    ['.5', 0.5],
    ['+.5', 0.5],
    ['.5_0', 0.5],
    ['5.', 5],
    ['1.', 1],
    ['1.e5', 100000],
    ['1_0.5', 10.5],
    ['-0.0', -0],
    ['1234567e8', 123456700000000],
    ['12345678901234567890123', 12345678901234567890123],
    ['18446744073709551616', 18446744073709551616],
    ['-9223372036854775809', -9223372036854775809],
    ['+18446744073709551615', 18446744073709551615],
    ['1e-400', 0],
    ['.inf', Infinity],
    ['.Inf', Infinity],
    ['+.INF', Infinity],
    ['-.inf', -Infinity],
    ['.NaN', NaN],
  ],
  timestamp: [
    ['2024-05-10', '2024-05-10 00:00:00 +0000 UTC'],
    ['2024-5-1', '2024-05-01 00:00:00 +0000 UTC'],
    ['2024-02-29', '2024-02-29 00:00:00 +0000 UTC'],
    ['0000-02-29', '0000-02-29 00:00:00 +0000 UTC'],
    ['2001-12-14T21:59:43Z', '2001-12-14 21:59:43 +0000 UTC'],
    ['2001-12-14t21:59:43.10-05:00', '2001-12-14 21:59:43.1 -0500 -0500'],
    ['2001-12-14T21:59:43+00:00', '2001-12-14 21:59:43 +0000 UTC'],
    ['2001-12-14T1:2:3,5Z', '2001-12-14 01:02:03.5 +0000 UTC'],
    ['2001-12-14 21:59:43.123456789012', '2001-12-14 21:59:43.123456789 +0000 UTC'],
    ['2001-12-14T21:59:43+05:60', '2001-12-14 21:59:43 +0600 +0600'],
  ],
};

const texts = [
  ...[
    'yes',
    'no',
    'on',
    'off',
    'y',
    'N',
    'tRUE',
    'nULL',
    'nil',
    'NaN',
    '.nAn',
    '.infinity',
    '<<',
    '=',
    'v1',
    'latest',
  ],
  ...[
    '-',
    '+',
    '.',
    '..',
    '0x',
    '0b',
    '0o',
    '0b2',
    '0o8',
    '_1',
    '1.20.3',
    '1.2.',
    '1-2',
    '1e',
    '1e+',
    '.e5',
    '._5',
    '.5_',
    '.5__0',
  ],
  ...['1:30', '190:20:30', '1234567e890', '-1e999', '.5e999', '0x1p4', '0xg', '1 000', '1,5', '٣'],
  ...[
    '2024-02-30',
    '2023-02-29',
    '2024-13-01',
    '2024-00-01',
    '2024-05-00',
    '24-05-10',
    '2024-05',
    '2024-05-010',
    '2024-05-10T',
  ],
  ...[
    '2001-12-14 21:59:43Z',
    '2001-12-14T21:59:43',
    '2001-12-14T24:00:00Z',
    '2001-12-14T21:60:00Z',
    '2001-12-14 21:59',
  ],
  ...['2001-12-14 21:59:43 -5', '2001-12-14T21:59:43+25:00', '2001-12-14  21:59:43'],
];

describe('a plain scalar, as gopkg.in/yaml.v3 reads it', () => {
  for (const [type, rows] of Object.entries(tables)) {
    for (const [source, value] of rows)
      it(`${JSON.stringify(source)} is ${type} ${String(value)}`, () =>
        assert.deepEqual(readPlainScalar(source), { type, value }));
  }
  for (const source of texts)
    it(`"${source}" is a text`, () =>
      assert.deepEqual(readPlainScalar(source), { type: 'string', value: source }));

  it('reads a number of a million digits in no time', () => {
    const digits = '9'.repeat(1_000_000);
    assert.deepEqual(readPlainScalar(digits), { type: 'string', value: digits });
  });
});

describe('a scalar with a tag', () => {
  const cases: readonly (readonly [
    source: string,
    tag: string,
    isPlain: boolean,
    expected: ScalarReading,
  ])[] = [
    ['1.10', '!!str', true, { type: 'string', value: '1.10' }],
    ['12', '!!int', false, { type: 'int', value: 12 }],
    ['1', '!!float', true, { type: 'float', value: 1 }],
    ['1.10', '!', true, { type: 'float', value: 1.1 }],
    ['1.10', '!', false, { type: 'string', value: '1.10' }],
    ['1.10', '!mine', true, { type: 'string', value: '1.10' }],
    ['true', '!!set', true, { type: 'string', value: 'true' }],
  ];
  for (const [source, tag, isPlain, expected] of cases)
    it(`${tag} ${isPlain ? source : `"${source}"`} is ${expected.type}`, () =>
      assert.deepEqual(readTaggedScalar(source, tag, isPlain), expected));
});
