import assert from 'node:assert/strict';
import type ts from 'typescript';
import { functionsOf, singleUse } from '../../server/tools/metrics/functions.ts';
import { grainOf, longLines, parseSource, sumGrain } from '../../server/tools/metrics/grain.ts';
import { structureOf } from '../../server/tools/metrics/structure.ts';

const source = (...lines: readonly string[]): ts.SourceFile =>
  parseSource('server/src/sample.ts', lines.join('\n'));

describe('metrics: the grain', () => {
  it('counts lines of code, and what is on them', () => {
    const file = source(
      '// A comment',
      '',
      '/** A doc',
      ' * of two lines. */',
      'export function list(a: any, b?: number): unknown[] {',
      '  // Why',
      '  const text = `one',
      '',
      'three ${b! /* inside */} ? : []`;',
      '  const one = a ? [text] : [];',
      '  const two = a ? [] : a.b ? one : { a: [] };',
      '  return call(new Map(one as never), b?.toFixed(), [two] as const); // a ? b : []',
      '}',
    );
    assert.deepEqual(grainOf(file), {
      lines: 8,
      ternaries: 3,
      emptyLists: 2,
      calls: 2,
      anyTypes: 1,
      nonNull: 1,
      assertions: 1,
    });
  });

  it('counts nothing where nothing is, and adds', () => {
    const nothing = grainOf(source('', '// nothing', ''));
    assert.deepEqual(new Set(Object.values(nothing)), new Set([0]));
    const one = grainOf(source('call(a ? b : c);'));
    assert.deepEqual(sumGrain([nothing, one, one]), { ...nothing, lines: 2, ternaries: 2, calls: 2 });
    assert.deepEqual(sumGrain([]), nothing);
  });

  it('finds the lines over a limit', () => {
    assert.deepEqual(longLines('1234\r\n12345\n\n123456', 4), [2, 4]);
  });
});

describe('metrics: functions', () => {
  it('tells name, place, length and complexity, those inside apart', () => {
    const file = source(
      'function plain() {',
      '  if (a && b) return list.map(x => (x ? 1 : x ?? 2));',
      '  for (const x of y) while (x) switch (x) { case 1: break; default: }',
      '}',
      'const held = async () => { try { await x; } catch { a ||= b; } };',
      'class Some {',
      '  constructor() {}',
      '  get #size() { return 1; }',
      '  own = function () {};',
      '}',
      'const some = { check: () => {}, method() {} };',
      'declare function bodiless(): void;',
    );
    assert.deepEqual(
      functionsOf(file).map(({ name, line, lines, complexity }) => `${name} ${line} ${lines} ${complexity}`),
      [
        'plain 1 4 6',
        '(anonymous) 2 1 3',
        'held 5 1 3',
        'constructor 7 1 1',
        '#size 8 1 1',
        'own 9 1 1',
        'check 11 1 1',
        'method 11 1 1',
      ],
    );
  });

  it('lists short private functions that are called once and not mentioned elsewhere', () => {
    const file = source(
      'export function all({ property: key = byDefault() }) {',
      '  once(); arrow(); property.property(); const shorthand = { given };',
      '  twice(); twice(); list.map(passed); passed(); long(); later(); a.once; key.arrow;',
      '  return { once: 1, listed: listed() };',
      '}',
      'function once() {}',
      'const arrow = () => 1;',
      'function twice() {}',
      'function passed() {}',
      'function given() {}',
      'function never() {}',
      'function property() {}',
      'function byDefault() {}',
      'export function exported() {}',
      'function later() {}',
      'function listed() {}',
      'function long() {',
      '  1;',
      '  2;',
      '  3;',
      '  4;',
      '}',
      'export { later };',
    );
    assert.deepEqual(singleUse(file), ['once', 'arrow', 'byDefault', 'listed']);
    assert.deepEqual(singleUse(file, 6), ['once', 'arrow', 'byDefault', 'listed', 'long']);
  });
});

describe('metrics: the structure', () => {
  it('tells the folders with their ranks, arrows, circles and what runs up', () => {
    const files = Object.entries({
      'core/low/a.ts': "import type { B } from '../same/b.ts'; import 'node:fs'; import '../../other/x.ts';",
      'core/low/deep/c.ts': "export { x } from '../a.ts'; const y = import('../../same/b.ts');",
      'core/same/b.ts': "import '../third/d.ts';",
      'core/third/d.ts': "type A = import('../low/a.ts').A;",
      'core/high/e.ts': "import '../low/a.ts'; // import '../unknown/f.ts'",
      'core/unknown/f.ts': "import '../high/e.ts';",
      'other/x.ts': "import '../core/high/e.ts';",
    }).map(([path, text]) => parseSource(path, text));
    const ranks = [['low', 'same'], ['third'], ['high']];
    assert.deepEqual(structureOf(files, 'core/', ranks), {
      folders: [
        { name: 'low', rank: 0 },
        { name: 'same', rank: 0 },
        { name: 'third', rank: 1 },
        { name: 'high', rank: 2 },
        { name: 'unknown', rank: undefined },
      ],
      arrows: [
        { from: 'low', to: 'same' },
        { from: 'same', to: 'third' },
        { from: 'third', to: 'low' },
        { from: 'high', to: 'low' },
        { from: 'unknown', to: 'high' },
      ],
      circles: [['low', 'same', 'third']],
      up: [{ from: 'same', to: 'third' }],
    });
  });
});
