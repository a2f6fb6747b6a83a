import assert from 'node:assert/strict';
import type { StackFinding } from '../../../server/src/core/findings/finding.ts';
import { checkJson } from '../../../server/src/core/report/json.ts';
import { count, listed, plainStyle } from '../../../server/src/core/report/style.ts';
import { shortened } from '../../../server/src/core/text/shorten.ts';
import { alignedRows } from '../../../server/src/core/report/table.ts';
import { checkText, severityCounts } from '../../../server/src/core/report/text.ts';
import { isAtLeast } from '../../../server/src/core/report/types.ts';
import type { Severity } from '../../../server/src/core/findings/finding.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';

function finding(severity: Severity, start: number): StackFinding {
  return {
    code: 'a-code',
    severity,
    message: 'What\u001B is wrong',
    uri: 'file:///a',
    span: { start, end: start + 1 },
    fixes: [],
    stacks: [],
  };
}

const file = new ValuesFile('file:///a', 'one\ntwo\n');
const report = {
  files: [{ path: 'a.yaml', file, findings: [finding('error', 0), finding('hint', 5)] }],
  checked: 3,
};

describe('checkText', () => {
  it('groups findings by file and counts them', () =>
    assert.equal(
      checkText(report, {
        style: plainStyle,
        quietBelow: undefined,
        fixes: ['1 can be fixed with: fix'],
        left: [],
      }),
      'a.yaml:1:1 error a-code  What\\x1b is wrong\n  1 | one\n    | ^\n\na.yaml:2:2 hint a-code  What\\x1b is wrong\n  2 | two\n    |  ^\n\n2 findings (1 error and 1 hint) in 1 of 3 files\n1 can be fixed with: fix\n',
    ));

  it('is short when quiet', () =>
    assert.equal(
      checkText(report, {
        style: plainStyle,
        quietBelow: 'warning',
        fixes: ['1 can be fixed with: fix'],
        left: [],
      }),
      'a.yaml:1:1 error a-code  What\\x1b is wrong\n',
    ));

  it('counts by severity', () =>
    assert.equal(
      severityCounts(
        ['info', 'error', 'error', 'warning', 'info'].map(severity => finding(severity as Severity, 0)),
      ),
      '2 errors, 1 warning and 2 info',
    ));

  it('knows what is grave', () =>
    assert.deepEqual(
      [isAtLeast('error', 'warning'), isAtLeast('warning', 'warning'), isAtLeast('hint', 'info')],
      [true, true, false],
    ));
});

describe('checkJson', () => {
  it('has 0-based ranges', () =>
    assert.deepEqual(checkJson(report).findings[1]?.range, {
      start: { line: 1, character: 1 },
      end: { line: 1, character: 2 },
    }));
});

describe('text for people', () => {
  it('aligns rows', () =>
    assert.deepEqual(
      alignedRows(
        [
          [['a'], ['bb', text => `<${text}>`], ['c']],
          [['aaa'], ['b']],
        ],
        ' ',
      ),
      [' a    <bb>  c', ' aaa  b'],
    ));

  it('counts, lists and shortens', () => {
    assert.deepEqual([count(1, 'file'), count(0, 'file')], ['1 file', '0 files']);
    assert.deepEqual([listed([]), listed(['a']), listed(['a', 'b', 'c'])], ['', 'a', 'a, b and c']);
    assert.deepEqual([shortened('abcdefgh', 5), shortened('abc', 5)], ['ab…gh', 'abc']);
  });
});
