import assert from 'node:assert/strict';
import { foldingRanges } from '../../../server/src/core/features/foldingRanges.ts';
import { texts } from '../../support/stacks.ts';
import { shownUri, worldOfText } from '../../support/shownFile.ts';

/** The lines of a text that can be folded, as `kind first … last`. */
function folds(text: string): readonly string[] | undefined {
  const lines = text.split(/\r?\n/);
  return foldingRanges(worldOfText(text), shownUri)?.map(({ kind, startLine, endLine }) =>
    [kind, lines[startLine]?.trim(), '…', lines[endLine]?.trim()].join(' '),
  );
}

describe('folding', () => {
  const text = [
    '# one',
    '# two',
    'kubeflow_tools:',
    '  katib:',
    '    # alone',
    '    enabled: true # beside',
    '  notebooks:',
    '    spawnerFormDefaults: {',
    '      image: 1',
    '    }',
    '    list:',
    '      - a: 1',
    '        b: |',
    '          # no comment',
    '          # at all',
    '',
    '      - [',
    '        1, 2]',
    '',
    '# region mine',
    'deploykf_core: {}',
    '',
    '# three',
    '# four',
    '# endregion',
    '',
  ].join('\n');

  it('has maps, lists, their items, texts of several lines, comments and regions', () =>
    assert.deepEqual(folds(text), [
      'comment # one … # two',
      'section kubeflow_tools: … 1, 2]',
      'section katib: … enabled: true # beside',
      'section notebooks: … 1, 2]',
      'section spawnerFormDefaults: { … image: 1',
      'section list: … 1, 2]',
      'section - a: 1 … # at all',
      'section b: | … # at all',
      'section - [ … 1, 2]',
      'region # region mine … # endregion',
      'comment # three … # four',
    ]));

  it('is the same with other line ends and a byte order mark', () =>
    assert.deepEqual(folds(`\uFEFF${text.replaceAll('\n', '\r\n')}`), folds(text)));

  it('reaches into the values of an Application', () =>
    assert.deepEqual(folds(texts['app.yaml'] ?? ''), [
      'section spec: … deploykf_auth: { images: { dex: { tag: v3 } } }',
      'section source: … deploykf_auth: { images: { dex: { tag: v3 } } }',
      'section plugin: … deploykf_auth: { images: { dex: { tag: v3 } } }',
      'section parameters: … deploykf_auth: { images: { dex: { tag: v3 } } }',
      'section - name: values … deploykf_auth: { images: { dex: { tag: v3 } } }',
      'section string: | … deploykf_auth: { images: { dex: { tag: v3 } } }',
      'section deploykf_core: … deploykf_auth: { images: { dex: { tag: v3 } } }',
    ]));

  it('has each document where there are several', () =>
    assert.deepEqual(folds('# a\n# b\nkubeflow_tools: {}\nb: 1\n---\nc:\n  d: 1\n\n---\n# none\n'), [
      'comment # a … # b',
      'section kubeflow_tools: {} … b: 1',
      'section --- … d: 1',
      'section c: … d: 1',
    ]));

  it('goes on beside what is broken', () =>
    assert.deepEqual(folds('kubeflow_tools:\n  katib:\n    enabled: [\n    a: 1\n  half\n  b:\n    c: "\n'), [
      'section kubeflow_tools: … c: "',
      'section katib: … a: 1',
      'section b: … c: "',
    ]));

  it('is left to the editor in files that are not of deployKF', () =>
    assert.deepEqual(folds('a:\n  b: 1\n'), undefined));
});
