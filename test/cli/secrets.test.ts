import assert from 'node:assert/strict';
import { CliWorkspace } from '../support/cli.ts';
import { harborValues, pullSecretManifest } from '../support/manifests.ts';

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
    const missing = ['Secret "argocd/harbor" is in no extraManifests and no YAML file here: create it before the sync'];
    assert.deepEqual(await found(), missing);
    workspace.write('k8s/secret.yml', pullSecretManifest('harbor', '{"auths": {"docker.io": {"username": "u"}}}'));
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
});
