import assert from 'node:assert/strict';
import { documentLinks } from '../../../server/src/core/features/documentLinks.ts';
import { definition, references, type Target } from '../../../server/src/core/features/definition.ts';
import { hover } from '../../../server/src/core/features/hover.ts';
import { secretsIn } from '../../../server/src/core/secrets/secretsInFile.ts';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { dedent } from '../../support/fixture.ts';
import { catalogs } from '../../support/views.ts';

const root = 'file:///ws/';
const auths =
  '{"auths": {"registry.example.com": {"auth": "U5er:Pa55"}, "*.example.com": {"password": "Pa55"}}}';
const config = auths.replace('U5er:Pa55', Buffer.from('U5er:Pa55').toString('base64'));
const secret = `# c\nkind: Secret\nmetadata: { namespace: argocd, name: reg }\ntype: kubernetes.io/dockerconfigjson\nstringData: { .dockerconfigjson: '${config}' }\n`;

function block(credentials: string, extra = '[]'): string {
  return `deploykf_dependencies: { kyverno: { extraManifests: ${extra}, clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: ${credentials} } } } }\n`;
}

const entry = '{ existingSecret: reg, existingSecretNamespace: argocd }';
const texts: Readonly<Record<string, string>> = {
  'a.yaml': block(`[${entry}]`),
  'b.yaml': block(`[{ existingSecret: own }, ${entry}]`, `['{kind: Secret, metadata: {name: own}}']`),
  'app.yaml': dedent(`
    kind: Application
    metadata: { name: app }
    spec:
      source:
        plugin:
          name: deploykf
          parameters:
            - name: values
              string: |
                ${block(`[${entry}]`)}
  `),
  'secret.yaml': secret,
  'other.yaml': 'kind: ConfigMap\nmetadata: { name: reg }\n',
};

function snapshotOf(files: Readonly<Record<string, string>>): Snapshot {
  return Snapshot.of({
    catalogs,
    folders: [{ uri: root, settings: noSettings, project: undefined }],
    files: new Map(
      Object.entries(files).map(([name, text]) => [root + name, new ValuesFile(root + name, text)]),
    ),
    secrets: Object.entries(files).flatMap(([name, text]) => secretsIn(root + name, text)),
  });
}

const snapshot = snapshotOf(texts);

function at(name: string, text: string): readonly [Snapshot, string, number] {
  return [snapshot, root + name, (texts[name] ?? '').lastIndexOf(text)];
}

function print(targets: readonly Target[]): readonly string[] {
  return targets.map(({ uri, start }) => `${uri.replace(root, '')}:${start.line + 1}:${start.character + 1}`);
}

/** The place of the last such text in a file. */
function place(name: string, text: string): string {
  const file = new ValuesFile(name, texts[name] ?? '');
  const { line, character } = file.source.positionAt(file.text.lastIndexOf(text));
  return `${name}:${line + 1}:${character + 1}`;
}

const inA = place('a.yaml', 'reg,');
const inB = place('b.yaml', 'reg,');
const inApp = place('app.yaml', 'reg,');
const own = place('b.yaml', 'own}');

describe('the name of a pull secret', () => {
  it('leads to the Secret, of a file or of extraManifests', () => {
    assert.deepEqual(print(definition(...at('a.yaml', 'reg,'))), ['secret.yaml:3:38']);
    assert.deepEqual(print(definition(...at('b.yaml', 'own }'))), [own]);
    assert.deepEqual(print(definition(...at('app.yaml', 'reg,'))), ['secret.yaml:3:38']);
  });
  it('has the Secret among its references', () =>
    assert.deepEqual(print(references(...at('a.yaml', 'reg,'))), [
      place('a.yaml', 'existingSecret:'),
      'secret.yaml:3:38',
    ]));
  it('is a link to the line of the Secret', () => {
    const links = ['a.yaml', 'b.yaml', 'app.yaml', 'secret.yaml'].map(name =>
      documentLinks(snapshot, snapshot.file(root + name) ?? new ValuesFile('', '')).map(
        ({ span, target, line }) =>
          `${texts[name]?.slice(span.start, span.end)} → ${target.replace(root, '')}#${(line ?? -1) + 1}`,
      ),
    );
    assert.deepEqual(links, [
      ['reg → secret.yaml#3'],
      ['own → b.yaml#1', 'reg → secret.yaml#3'],
      ['reg → secret.yaml#3'],
      [],
    ]);
  });
  it('is hovered with the registries, and nothing else of the Secret', () => {
    const said = hover(...at('a.yaml', 'reg,'))?.markdown ?? '';
    assert.match(
      said,
      /\nSecret found in \[secret\.yaml:3\]\(file:\/\/\/ws\/secret\.yaml#L3\), covers `registry\.example\.com`, `\*\.example\.com` {2}\n/,
    );
    assert.match(
      hover(...at('b.yaml', 'own }'))?.markdown ?? '',
      /covers nothing {2}\n⚠ It has type "Opaque"/,
    );
    const without = snapshotOf({ 'a.yaml': texts['a.yaml'] ?? '' });
    const offset = (texts['a.yaml'] ?? '').lastIndexOf('reg,');
    assert.match(
      hover(without, `${root}a.yaml`, offset)?.markdown ?? '',
      /\nNot found in extraManifests or a YAML file/,
    );
  });
});

describe('a Secret', () => {
  it('is named by the entries of all stacks', () =>
    assert.deepEqual(print(references(...at('secret.yaml', 'reg }'))), [
      'secret.yaml:3:38',
      inApp,
      inA,
      inB,
    ]));
  it('of extraManifests is named by the entries of its stacks', () =>
    assert.deepEqual(print(references(...at('b.yaml', 'own}'))), [own, place('b.yaml', 'own }')]));
  it('is its own definition', () =>
    assert.deepEqual(print(definition(...at('secret.yaml', 'reg }'))), ['secret.yaml:3:38']));
  it('is nothing elsewhere in its file, and other files are not ours', () => {
    assert.deepEqual(references(...at('secret.yaml', 'type')), []);
    assert.deepEqual(references(...at('other.yaml', 'reg')), []);
    assert.equal(hover(...at('secret.yaml', 'reg }')), undefined);
    assert.equal(snapshot.isConcerned(`${root}secret.yaml`), false);
  });
});

describe('the Secrets of a snapshot', () => {
  it('leave the views alone as long as they say the same', () => {
    const again = Object.entries(texts).flatMap(([name, text]) => secretsIn(root + name, text));
    const views = snapshot.viewsOf(`${root}a.yaml`);
    assert.equal(snapshot.withSecrets(again), snapshot);
    const next = snapshot.withSecrets([]);
    assert.notEqual(next.viewsOf(`${root}a.yaml`)[0], views[0]);
    assert.deepEqual(next.viewsOf(`${root}a.yaml`)[0]?.secrets, []);
  });
});
