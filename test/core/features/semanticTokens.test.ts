import assert from 'node:assert/strict';
import { semanticTokens } from '../../../server/src/core/features/semanticTokens.ts';
import { shownUri, worldOfText } from '../../support/shownFile.ts';

const before = [
  '# of Argo CD',
  'kind: Application',
  'spec:',
  '  source:',
  '    plugin:',
  '      name: deploykf',
  '      parameters:',
  '        - { name: source_version, string: "0.1.5" }',
  '        - name: values',
];

function application(string: readonly string[]): string {
  return [...before, ...string, '  destination: { namespace: argocd } # not ours', ''].join('\n');
}

/** The tokens of a text, as `kind text` by line. */
function tokens(text: string, lines?: readonly [first: number, last: number]): readonly string[] | undefined {
  const rows = text.split('\n');
  const offset = (line: number): number => rows.slice(0, line).join('\n').length + 1;
  const span = lines && { start: offset(lines[0]), end: offset(lines[1] + 1) - 1 };
  return semanticTokens(worldOfText(text), shownUri, span)?.map(({ kind, line, character, length }) => {
    const token = rows[line]?.slice(character, character + length);
    assert.equal(token?.length, length);
    return `${line} ${kind} ${token}`;
  });
}

const block = application([
  '          string: |-',
  '            # dex',
  '            deploykf_core: # ours',
  '              deploykf_auth:',
  '                enabled: true',
  '                images:',
  '                  dex:',
  '                    repository: ghcr.io/dexidp/dex#1 # why',
  '                    tag: 2.4',
  '                    pullPolicy: Always',
  "                list: ['#1', 2, ~, {a: b}]",
  '                text: |',
  '                  # in a text',
  '                  more',
  '                template: "{{< .Values.x >}}"',
]);

describe('semantic tokens', () => {
  it('tell the parts of values in a string of an Application', () =>
    assert.deepEqual(tokens(block), [
      '10 comment # dex',
      '11 key deploykf_core',
      '11 comment # ours',
      '12 key deploykf_auth',
      '13 key enabled',
      '13 constant true',
      '14 key images',
      '15 key dex',
      '16 key repository',
      '16 image ghcr.io/dexidp/dex#1',
      '16 comment # why',
      '17 key tag',
      '17 image 2.4',
      '18 key pullPolicy',
      '18 string Always',
      '19 key list',
      "19 string '#1'",
      '19 number 2',
      '19 constant ~',
      '19 key a',
      '19 string b',
      '20 key text',
      '20 string |',
      '21 string # in a text',
      '22 string more',
      '23 key template',
    ]));

  it('can be had of some lines alone', () => {
    assert.deepEqual(tokens(block, [13, 14]), ['13 key enabled', '13 constant true', '14 key images']);
    assert.deepEqual(tokens(block, [21, 21]), ['20 string |', '21 string # in a text', '22 string more']);
    assert.deepEqual(tokens(block, [0, 3]), []);
  });

  it('are in quotes, too, and with other line ends, where a line is on one line', () => {
    const text = String.raw`          string: "kubeflow_tools:\n  katib: {enabled: false} # \"off\"\n"`;
    assert.deepEqual(tokens(application([text])), [
      '9 key kubeflow_tools',
      '9 key katib',
      '9 key enabled',
      '9 constant false',
      String.raw`9 comment # \"off\"`,
    ]);
    const crlf = block.replaceAll('\n', '\r\n');
    const found = semanticTokens(worldOfText(crlf), shownUri) ?? [];
    assert.deepEqual(found, semanticTokens(worldOfText(block), shownUri));
  });

  it('are of what can be read where there are mistakes', () => {
    const broken = application([
      '          string: |',
      '            kubeflow_tools:',
      '              katib: [1',
      '',
    ]);
    assert.deepEqual(tokens(broken)?.slice(0, 2), ['10 key kubeflow_tools', '11 key katib']);
  });

  it('are not of other files: a grammar knows them', () => {
    assert.equal(tokens('kubeflow_tools: {}\n'), undefined);
    assert.equal(tokens('a: |\n  kubeflow_tools: {}\n'), undefined);
    assert.equal(tokens(application([])), undefined);
  });
});
