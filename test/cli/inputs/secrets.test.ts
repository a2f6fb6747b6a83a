import assert from 'node:assert/strict';
import { CliWorkspace } from '../../support/cli.ts';
import { harborValues, pullSecretManifest } from '../../support/manifests.ts';

describe('pull secrets on the command line', () => {
  let workspace: CliWorkspace;
  afterEach(() => workspace.remove());

  async function found(): Promise<readonly string[]> {
    const result = (await workspace.json(['check', 'values/prod.yaml'])) as {
      findings: { code: string; message: string }[];
    };
    return result.findings.filter(({ code }) => /secret-|uncovered/.test(code)).map(({ message }) => message);
  }

  it('are looked for below the working directory, but not where git does not look', async () => {
    workspace = new CliWorkspace({ 'values/prod.yaml': harborValues });
    const missing = [
      'Secret "argocd/harbor" is not in any extraManifests or YAML file here: create it before the sync',
    ];
    assert.deepEqual(await found(), missing);
    workspace.write(
      'k8s/secret.yml',
      pullSecretManifest('harbor', '{"auths": {"docker.io": {"username": "u"}}}'),
    );
    assert.deepEqual(await found(), []);
    workspace.write('.gitignore', 'k8s/\n');
    assert.deepEqual(await found(), missing);
  });

  it('are read without a word of what is in them', async () => {
    const config = `{"auths": {"U5er:Pa55@hub.docker.com": {"auth": "${Buffer.from('U5er:Pa55').toString('base64')}"}}}`;
    workspace = new CliWorkspace({
      'values/prod.yaml': harborValues,
      'k8s/secret.yaml': pullSecretManifest('harbor', config),
    });
    const outputs = await Promise.all(
      ['text', 'json'].map(format => workspace.run(['check', 'values/prod.yaml', '--format', format])),
    );
    const said = JSON.stringify(outputs);
    assert.match(said, /has credentials for Docker Hub under \\*"hub\.docker\.com/);
    assert.doesNotMatch(said, /U5er|Pa55|VTVlcjpQYTU1/);
  });

  it('are not shown where they stand in values', async () => {
    const item = (type: string): string =>
      `{kind: Secret, metadata: {name: harbor, namespace: argocd}, type: ${type}, stringData: {.dockerconfigjson: '{"auths": {"hub.docker.com": {"username": "U5er", "password": "Pa55"}}}'}}`;
    const block = item('kubernetes.io/dockerconfigjson')
      .replace(/^\{|\}$/g, '')
      .replace(/, (?=type|string|meta)/g, '\n        ');
    const values = (manifest: string): string =>
      harborValues.replace(
        '    clusterPolicies:',
        `    extraManifests:\n      - ${manifest}\n    clusterPolicies:`,
      );
    workspace = new CliWorkspace({
      'flow.yaml': values(item('Opaque')),
      'block.yaml': values(`|\n        ${block}`),
    });
    const shown: string[] = [];
    for (const file of ['flow.yaml', 'block.yaml']) {
      const { stdout } = await workspace.run(['check', file]);
      shown.push(...stdout.split('\n\n').filter(part => part.includes(' pull-secrets-secret-invalid ')));
      const path = 'deploykf_dependencies.kyverno.extraManifests';
      const others = [
        await workspace.run(['check', file, '--format', 'json']),
        await workspace.run(['explain', path, file]),
        await workspace.run(['explain', path, file, '--format', 'json']),
        await workspace.run(['explain', `${path}[0].stringData`, file]),
      ];
      assert.doesNotMatch(JSON.stringify(others), /U5er|Pa55/);
    }
    assert.deepEqual(shown, [
      [
        'flow.yaml:4:75 error pull-secrets-secret-invalid  Secret "argocd/harbor" has type "Opaque", which is not that of a pull secret: use "kubernetes.io/dockerconfigjson"',
        '  4 |       - {kind: Secret, metadata: {name: harbor, namespace: argocd}, type: Opaque, stringData: {.dockerconfigjson: …',
        '    |                                                                           ^^^^^^',
      ].join('\n'),
      [
        'block.yaml:8:22 warning pull-secrets-secret-invalid  Secret "argocd/harbor" has credentials for Docker Hub under "hub.docker.com", where no image finds them: the key must be "https://index.docker.io/v1/"',
        '  8 |         stringData: {.dockerconfigjson: …',
        '    |                      ^^^^^^^^^^^^^^^^^',
      ].join('\n'),
    ]);
  });
});
