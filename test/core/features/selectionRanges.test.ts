import assert from 'node:assert/strict';
import { selectionRanges } from '../../../server/src/core/features/selectionRanges.ts';
import { texts } from '../../support/stacks.ts';
import { shownUri, worldOfText } from '../../support/shownFile.ts';

/** What a selection at `$0` grows to. */
function grown(marked: string): readonly string[] | undefined {
  const offset = marked.indexOf('$0');
  const text = marked.replace('$0', '');
  return selectionRanges(worldOfText(text), shownUri, offset)?.map(({ start, end }) =>
    text.slice(start, end),
  );
}

describe('a growing selection', () => {
  it('goes from the value over its pair to the maps around', () =>
    assert.deepEqual(grown('kubeflow_tools:\n  katib:\n    tag: "v$01"\n    b: 2\n\na: 1\n'), [
      'v1',
      '"v1"',
      'tag: "v1"',
      'tag: "v1"\n    b: 2',
      'katib:\n    tag: "v1"\n    b: 2',
      'kubeflow_tools:\n  katib:\n    tag: "v1"\n    b: 2',
      'kubeflow_tools:\n  katib:\n    tag: "v1"\n    b: 2\n\na: 1',
      'kubeflow_tools:\n  katib:\n    tag: "v1"\n    b: 2\n\na: 1\n',
    ]));

  it('goes from a key over its pair, and over items of lists', () =>
    assert.deepEqual(
      grown('kubeflow_tools:\n  list:\n    - na$0me: x\n      b: |\n        text\n    - c\n'),
      [
        'name',
        'name: x',
        'name: x\n      b: |\n        text',
        '- name: x\n      b: |\n        text\n    - c',
        'list:\n    - name: x\n      b: |\n        text\n    - c',
        'kubeflow_tools:\n  list:\n    - name: x\n      b: |\n        text\n    - c',
        'kubeflow_tools:\n  list:\n    - name: x\n      b: |\n        text\n    - c\n',
      ],
    ));

  it('begins with the quotes after them', () => assert.equal(grown('kubeflow_tools: "a"$0\n')?.[0], '"a"'));

  it('goes out of the values in an Application', () => {
    const marked = (texts['app.yaml'] ?? '').replace('tag: v3', 'tag: v$03');
    const firstLines = grown(marked)?.map(span => span.split('\n', 1)[0]);
    assert.deepEqual(firstLines, [
      'v3',
      'tag: v3',
      '{ tag: v3 }',
      'dex: { tag: v3 }',
      '{ dex: { tag: v3 } }',
      'images: { dex: { tag: v3 } }',
      '{ images: { dex: { tag: v3 } } }',
      'deploykf_auth: { images: { dex: { tag: v3 } } }',
      'deploykf_core:',
      '|',
      'string: |',
      'name: values',
      '- { name: source_version, string: "0.1.5" }',
      'parameters:',
      'name: deploykf',
      'plugin:',
      'source:',
      'spec:',
      'kind: Application',
      'kind: Application',
    ]);
  });

  it('is that of the document first where there are several', () =>
    assert.deepEqual(grown('kubeflow_tools: {}\n---\nb: $0\n---\nc: 1\n'), [
      '---\nb: ',
      'kubeflow_tools: {}\n---\nb: \n---\nc: 1\n',
    ]));

  it('is the whole text between the nodes, and nothing in files that are not of deployKF', () => {
    assert.deepEqual(grown('kubeflow_tools: {}\n\n# a com$0ment\n'), ['kubeflow_tools: {}\n\n# a comment\n']);
    assert.equal(grown('a: $01\n'), undefined);
  });
});
