import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { definition, references } from '../../../server/src/core/features/definition.ts';
import { documentLinks } from '../../../server/src/core/features/documentLinks.ts';
import { hover } from '../../../server/src/core/features/hover.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { valueOf } from '../../../server/src/core/yaml/value.ts';
import { virtualText } from '../../../server/src/core/workspace/virtualDocuments.ts';
import { sampleUri } from '../../../server/src/core/workspace/virtualUris.ts';
import { catalogs } from '../../support/views.ts';

const uri = 'file:///ws/app.yaml';
const text = [
  'kind: Application',
  'metadata: { name: app }',
  'spec:',
  '  source:',
  '    repoURL: https://github.com/deployKF/deployKF.git',
  '    targetRevision: v0.1.5',
  '    plugin:',
  '      name: deploykf',
  '      parameters:',
  '        - { name: source_version, string: "0.1.5" }',
  '        - { name: values_files, array: ["./sample-values.yaml", other.yaml] }',
  '        - name: values',
  '          string: |',
  '            kubeflow_tools: { katib: { enabled: false } }',
  '',
].join('\n');
const file = new ValuesFile(uri, text);
const snapshot = Snapshot.of({ catalogs, folders: [], files: new Map([[uri, file]]) });
const sample = sampleUri('0.1.5', 'sample-values.yaml');

/** A line of the document. */
function lineOf(line: number): string {
  return (virtualText(snapshot, sample) ?? '').split('\n')[line] ?? '';
}

describe("upstream's sample file", () => {
  it('is a document with the values of the layer', () => {
    const all: Readonly<Record<string, Readonly<Record<string, unknown>>>> = JSON.parse(
      readFileSync(new URL('../../../server/catalog/samples.json', import.meta.url), 'utf8'),
    );
    for (const [release, samples] of Object.entries(all)) {
      for (const [name, values] of Object.entries(samples)) {
        const shown = new ValuesFile('', virtualText(snapshot, sampleUri(release, name)) ?? '');
        assert.deepEqual(shown.yaml.problems, []);
        assert.deepEqual(valueOf(shown.root, new Map()), values, `${name} of ${release}`);
      }
    }
  });

  it('is not there for a release or a name that upstream does not have', () => {
    assert.equal(virtualText(snapshot, sampleUri('0.1.0', 'sample-values-overrides.yaml')), undefined);
    assert.equal(virtualText(snapshot, sampleUri('__proto__', 'constructor')), undefined);
  });

  it('is where the definition of what the string overrides leads', () => {
    const [target, ...others] = definition(snapshot, uri, text.indexOf('enabled'));
    assert.deepEqual(others, []);
    assert.equal(target?.uri, sample);
    assert.equal(lineOf(target.start.line).slice(target.start.character, target.end.character), 'enabled');
  });

  it('is among the references, before the defaults', () =>
    assert.deepEqual(
      references(snapshot, uri, text.indexOf('enabled')).map(target => target.uri),
      [uri, sample, 'deploykf-values:/defaults/0.1.5/default_values.yaml'],
    ));

  it('is what the entry of values_files links to', () =>
    assert.deepEqual(
      documentLinks(snapshot, file).map(({ span, target }) => [text.slice(span.start, span.end), target]),
      [['"./sample-values.yaml"', sample]],
    ));

  it('is linked in the hover, at its line', () => {
    const { markdown = '' } = hover(snapshot, uri, text.indexOf('enabled')) ?? {};
    const [, line = ''] = /sample\\-values\.yaml of 0\.1\.5:(\d+)\]\(/.exec(markdown) ?? [];
    assert.match(markdown, new RegExp(`\\(${sample}#L${line}\\)`));
    assert.equal(lineOf(Number(line) - 1).trim(), 'enabled: true');
  });
});
