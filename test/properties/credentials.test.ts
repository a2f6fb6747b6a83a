import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkFile } from '../../server/src/core/check/check.ts';
import { changesToFileEdits } from '../../server/src/core/fixes/edits.ts';
import { documentLinks } from '../../server/src/core/features/documentLinks.ts';
import { definition, references } from '../../server/src/core/features/definition.ts';
import { hover } from '../../server/src/core/features/hover.ts';
import { secretsIn } from '../../server/src/core/secrets/secretsInFile.ts';
import { noSettings } from '../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import { catalogs } from '../support/views.ts';

const root = 'file:///ws/';
const values = `${root}values.yaml`;

/** What must never be seen: the marks, and what they are in base64 wherever they stand in a text. */
const marks = /U5er|Pa55|Tok3n|VTVlc|U1ZX|VFZLc|UGE1N|BhNTU|hNTU|VG9rM|b2szb/;

const key = fc.oneof(
  fc.constantFrom(
    'https://index.docker.io/v1/',
    'index.docker.io/v1',
    'hub.docker.com',
    'r.example.com',
    'https://U5er:Pa55@r.example.com/v2/',
    'oci://U5er:Pa55@r.example.com',
    'r.example.com:Pa55',
    '*.example.com',
    '',
  ),
  fc.string(),
);
const auth = fc
  .constantFrom('U5er:Pa55', 'U5er', ':', 'U5er:Pa55:Tok3n')
  .map(text => Buffer.from(text).toString('base64'));
const field = fc.oneof(fc.constantFrom('U5er', 'Pa55', 'Tok3n', null, 5, {}), auth, fc.constant('U5er:Pa55'));
const entry = fc.oneof(
  fc.dictionary(fc.constantFrom('username', 'password', 'auth', 'Auth', 'identitytoken', 'email'), field),
  fc.constantFrom(null, 'Pa55', []),
);
const auths = fc.dictionary(key, entry).map(map => ({ auths: map }));
const config = fc.oneof(
  { weight: 4, arbitrary: auths.map(map => JSON.stringify(map)) },
  auths.map(map => JSON.stringify({ ...map, credsStore: 'Pa55', HttpHeaders: { 'X-Auth': 'Tok3n' } })),
  auths.map(map => JSON.stringify(map).slice(0, -2)),
  auths.map(map => JSON.stringify(map.auths)),
  fc.constantFrom('', 'U5er:Pa55', '[]', '{"auths": "Pa55"}', '{"auths": ["Pa55"]}'),
);
const type = fc.constantFrom('kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg', 'Opaque');
const dataKey = fc.constantFrom('.dockerconfigjson', '.dockercfg');
const isEncoded = fc.boolean();

interface Written {
  readonly config: string;
  readonly type: string;
  readonly dataKey: string;
  readonly isEncoded: boolean;
}

function manifest(
  name: string,
  { config: text, type: kind, dataKey: at, isEncoded: isData }: Written,
): string {
  const data = isData
    ? `data: {${at}: ${JSON.stringify(Buffer.from(text).toString('base64'))}}`
    : `stringData: {${at}: ${JSON.stringify(text)}}`;
  return `kind: Secret\nmetadata: {name: ${name}}\ntype: ${kind}\n${data}\n`;
}

function valuesText(extra: string): string {
  return [
    'deploykf_dependencies:',
    '  kyverno:',
    '    extraManifests:',
    `      - ${JSON.stringify(extra)}`,
    '    clusterPolicies:',
    '      imagePullSecrets:',
    '        enabled: true',
    '        registryCredentials:',
    '          - existingSecret: extra',
    '          - existingSecret: workspace',
    '',
  ].join('\n');
}

function snapshotOf(text: string, secret: string): Snapshot {
  return Snapshot.of({
    catalogs,
    folders: [{ uri: root, settings: noSettings, project: undefined }],
    files: new Map([[values, new ValuesFile(values, text)]]),
    secrets: secretsIn(`${root}s.yaml`, secret),
  });
}

describe('Credentials in Secrets', () => {
  it('are in no finding, hover, link, JSON or state, and fixes change nothing of them', () =>
    fc.assert(
      fc.property(fc.record({ config, type, dataKey, isEncoded }), written => {
        const text = valuesText(manifest('extra', written));
        const snapshot = snapshotOf(text, manifest('workspace', written));
        const file = snapshot.file(values) ?? new ValuesFile(values, '');
        const findings = checkFile(snapshot, values);
        const offsets = [
          'extra\n',
          'workspace\n',
          'registryCredentials',
          'extraManifests',
          'stringData',
          'dockerc',
        ];
        const shown = offsets.flatMap(word => {
          const offset = text.lastIndexOf(word);
          return [hover, definition, references].map(feature => feature(snapshot, values, offset));
        });
        const seen = [snapshot.state.secrets, findings.map(finding => ({ ...finding, fixes: [] })), shown];
        assert.doesNotMatch(JSON.stringify([seen, documentLinks(snapshot, file)]), marks);
        const changes = findings.flatMap(({ fixes }) => fixes.flatMap(fix => fix.changes()));
        const edits = changesToFileEdits(snapshot, changes).flatMap(own => own.edits);
        const fixed = applyEdits(text, edits) ?? '';
        assert.deepEqual(fixed.match(/U5er|Pa55|Tok3n/g), text.match(/U5er|Pa55|Tok3n/g));
        assert.deepEqual(new ValuesFile(values, fixed).yaml.problems, []);
      }),
      { numRuns: 30, seed: 5 },
    )).timeout(20_000);
});
