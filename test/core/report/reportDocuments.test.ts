import assert from 'node:assert/strict';
import { parsePolicy } from '../../../server/src/core/policy/parse.ts';
import { reportText } from '../../../server/src/core/report/reportDocuments.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { planUri, pullSecretsUri, upgradeUri } from '../../../server/src/core/workspace/virtualUris.ts';
import { catalogs } from '../../support/views.ts';

const uri = 'file:///ws/prod values.yaml';
const values = [
  'deploykf_dependencies:',
  '  istio: { charts: { istioBase: { repository: "https://me:secret@charts.example.com" } } }',
  'deploykf_core:',
  '  deploykf_auth:',
  '    images:',
  '      oauth2Proxy: { tag: "v7.5.1" }',
  '',
].join('\n');

function worldOf(text: string): Snapshot {
  const { policy } = parsePolicy({ rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] });
  const settings = { ...noSettings, policy, release: '0.1.4' };
  return Snapshot.of({
    catalogs,
    folders: [{ uri: 'file:///ws/', settings, project: undefined }],
    files: new Map([[uri, new ValuesFile(uri, text)]]),
  });
}

const plan = planUri(`standalone:${uri}`, '');
const upgrade = upgradeUri(uri, '0.1.4', '0.1.5');

describe('the document of a plan', () => {
  const text = reportText(worldOf(values), plan) ?? '';

  it('begins with how much there is, and has the lists after that', () => {
    const lines = text.split('\n');
    assert.match(lines[0] ?? '', /^deployKF 0\.1\.4: \d+ images to mirror, 5 Helm charts$/);
    assert.match(text, /\n\nImages\n {2}\S/);
    assert.match(
      text,
      /\n {2}ghcr\.io\/dexidp\/dex:v2\.37\.0 +to r\.example\.com\/ghcr\.io\/dexidp\/dex:v2\.37\.0\n/,
    );
    assert.match(text, /\n\nHelm charts\n/);
  });

  it('has no logins', () => assert.doesNotMatch(text, /secret/));
});

describe('the document of pull secrets', () => {
  const block = (lines: string): string =>
    `deploykf_dependencies:\n  istio:\n    images: { istioPilot: { repository: r.example.com/pilot } }\n${lines}`;
  const documentOf = (text: string): string =>
    reportText(worldOf(text), pullSecretsUri(`standalone:${uri}`, '')) ?? '';

  it('lists the namespaces that need one before there is a policy, and says where it is made', () => {
    assert.equal(
      documentOf(block('')),
      [
        'deployKF 0.1.4: no pull-secret policy is rendered',
        '',
        'No namespace receives a pull secret: "enabled" is false',
        'The policy is configured by deploykf_dependencies.kyverno.clusterPolicies.imagePullSecrets',
        'Make one by "Create Image Pull Secret…" in VS Code, or by "deploykf-values pull-secret create"',
        '',
        'Images that need credentials',
        '  Namespace     Images  Pull secret',
        '  istio-system  1       uncovered',
        '',
      ].join('\n'),
    );
  });

  it('says which Pods get theirs from their charts', () => {
    const handed = '    valuesOverrides: { global: { imagePullSecrets: [mine] } }\n';
    assert.match(documentOf(block(handed)), /\n {2}istio-system {2}1 {7}by the chart\n/);
    const policy =
      '  kyverno: { clusterPolicies: { imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: mine }] } } }\n';
    const text = documentOf(block(handed + policy));
    assert.match(text, /\n {2}istio-system +receives +.*: their charts get a Secret by valuesOverrides/);
    assert.match(text, /\n {2}istio-system {2}1 {7}by the chart\n/);
  });
});

describe('the document of an upgrade', () => {
  it('says what is to be done', () => {
    const text = reportText(worldOf(values), upgrade) ?? '';
    assert.match(text, /^deployKF 0\.1\.4 to 0\.1\.5: \d+ images to mirror, .*, 1 override to look at\n/);
    assert.match(
      text,
      /\n {2}prod values\.yaml:6 {2}pinned {2}"deploykf_core\.deploykf_auth\.images\.oauth2Proxy\.tag"/,
    );
  });

  it('names the file that does not parse', () =>
    assert.equal(
      reportText(worldOf(`${values}x: "\n`), upgrade),
      'prod values.yaml does not parse: correct it first\n',
    ));
});

describe('documents of reports', () => {
  it('are none for other addresses, stacks and releases', () => {
    const world = worldOf(values);
    const others = [
      'deploykf-values:/plan/x/y.txt',
      'deploykf-values:/plan/',
      'deploykf-values:/effective/x/y.txt',
      upgradeUri(uri, '0.1.3', '0.1.5'),
      upgradeUri(uri, '0.1.4', '9.9.9'),
      upgradeUri('file:///ws/other.yaml', '0.1.4', '0.1.5'),
      upgradeUri(uri, '__proto__', 'constructor'),
    ];
    assert.deepEqual(
      others.map(address => reportText(world, address)),
      others.map(() => undefined),
    );
  });
});
