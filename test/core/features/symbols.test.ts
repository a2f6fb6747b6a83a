import assert from 'node:assert/strict';
import { documentSymbols, type DocumentSymbol } from '../../../server/src/core/features/symbols.ts';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { root, snapshot, texts } from '../../support/stacks.ts';
import { catalogs } from '../../support/views.ts';

function world(files: Readonly<Record<string, string>>): Snapshot {
  return Snapshot.of({
    catalogs,
    folders: [{ uri: root, settings: noSettings, project: undefined }],
    files: new Map(
      Object.entries(files).map(([name, text]) => [root + name, new ValuesFile(root + name, text)]),
    ),
  });
}

/** `kind name: detail = the selected text`, children indented. */
function print(text: string, symbols: readonly DocumentSymbol[], depth = 0): readonly string[] {
  return symbols.flatMap(({ kind, name, detail, selection, span, children }) => {
    assert.ok(selection.start >= span.start && selection.end <= span.end);
    return [
      `${'  '.repeat(depth)}${kind} ${name}: ${detail} = ${text.slice(selection.start, selection.end)}`,
      ...print(text, children, depth + 1),
    ];
  });
}

describe('the outline', () => {
  it('has the components and images of a values file, as they are pulled', () => {
    const text = [
      'kubeflow_tools:',
      '  notebooks:',
      '    spawnerFormDefaults: { image: { options: ["a/b:1", "c/d:2"] } }',
      '  katib:',
      '    enabled: false',
      'deploykf_core:',
      '  deploykf_auth:',
      '    images:',
      '      dex:',
      '        tag: "v3"',
      '',
    ].join('\n');
    assert.deepEqual(print(text, documentSymbols(world({ 'a.yaml': text }), `${root}a.yaml`)), [
      'component kubeflow_tools.notebooks: Notebooks · not deployed = notebooks',
      '  image spawnerFormDefaults.image.options[0]: docker.io/a/b:1 = "a/b:1"',
      '  image spawnerFormDefaults.image.options[1]: docker.io/c/d:2 = "c/d:2"',
      'component kubeflow_tools.katib: Katib · not deployed = katib',
      'component deploykf_core.deploykf_auth: deployKF Auth = deploykf_auth',
      '  image dex: ghcr.io/dexidp/dex:v3 = dex',
    ]);
  });

  it('has those of the values in an Application, at their place', () =>
    assert.deepEqual(print(texts['app.yaml'] ?? '', documentSymbols(snapshot(), `${root}app.yaml`)), [
      'stack app: values · deployKF 0.1.5 = deploykf_core:',
      '  component deploykf_core.deploykf_auth: deployKF Auth = deploykf_auth',
      '    image dex: ghcr.io/dexidp/dex:v3 = dex',
    ]));

  it('is empty for other files and broken ones', () => {
    const files = world({ 'a.yaml': 'a: { kubeflow_tools: 1 }\n', 'b.yaml': 'kubeflow_tools: [\n' });
    assert.deepEqual(documentSymbols(files, `${root}a.yaml`), []);
    assert.deepEqual(documentSymbols(files, `${root}b.yaml`), []);
  });
});
