import assert from 'node:assert/strict';
import { secretLines } from '../../../server/src/core/features/imageSecretHover.ts';
import { viewOf } from '../../support/views.ts';

function block(text: string): string {
  return `deploykf_dependencies: {kyverno: {clusterPolicies: {imagePullSecrets: ${text}}}}\n`;
}

const on = block('{enabled: true, registryCredentials: [{existingSecret: reg}]}');

interface SaidLines {
  readonly where: string | undefined;
  readonly secret: string | undefined;
}

/** What is said of an image that the last layer takes from a private registry. */
function linesOf(path: string, ...texts: readonly string[]): SaidLines | undefined {
  const parts = path.split('.');
  const own = parts.reduceRight((below, key) => `{${key}: ${below}}`, '{repository: r.example.com/x/y}');
  const view = viewOf([...texts, own]);
  const entry = view.images.find(image => image.path === path);
  const lines = entry && secretLines(view, entry);
  return lines && { where: lines.where?.text, secret: lines.secret?.text };
}

const dex = 'deploykf_core.deploykf_auth.images.dex';
const proxy = 'deploykf_dependencies.istio.images.istioProxy';
const frontend = 'kubeflow_tools.pipelines.images.kfpFrontend';
const pipelines = 'kubeflow_tools: {pipelines: {enabled: true}}\n';

describe('secretLines', () => {
  it('says that the secret reaches one namespace, or all of several', () => {
    assert.deepEqual(linesOf(dex, on), {
      where: undefined,
      secret: 'Pull secret: `reg` reaches `deploykf-auth`',
    });
    assert.deepEqual(linesOf(frontend, on, pipelines), {
      where: 'Pulled by Pods of `kubeflow`, `team-1`, `team-1-prod`',
      secret: 'Pull secret: `reg` reaches all of them',
    });
  });

  it('names who gets none, and why', () => {
    assert.equal(
      linesOf('deploykf_dependencies.istio.images.istioPilot', on)?.secret,
      'Pull secret: `reg` does not reach **istio\\-system** (starts before the policy)',
    );
    assert.equal(
      linesOf('deploykf_dependencies.kyverno.images.kyverno', on)?.secret,
      "Pull secret: `reg` does not reach **kyverno** (Kyverno's own namespace, always excluded)",
    );
    const some = on.replace('true,', 'true, excludeNamespaces: ["team-?"],');
    assert.equal(
      linesOf(frontend, some, pipelines)?.secret,
      'Pull secret: `reg` reaches all of them but **team\\-1** (excluded by `team-?`)',
    );
  });

  it('caps long lists', () => {
    const all = on.replace('true,', 'true, excludeNamespaces: ["*"],');
    const reason = '(excluded by `*`)';
    assert.deepEqual(linesOf(proxy, all), {
      where:
        'Pulled by Pods of `deploykf-istio-gateway`, `deploykf-auth`, `deploykf-dashboard`, `kubeflow`, `team-1`, `team-1-prod`',
      secret: `Pull secret: \`reg\` reaches none of them: **deploykf\\-istio\\-gateway** ${reason}, **deploykf\\-auth** ${reason}, **deploykf\\-dashboard** ${reason} and 3 more`,
    });
  });

  it('knows several secrets, and those of `valuesOverrides`', () => {
    const two = block('{enabled: true, registryCredentials: [{existingSecret: a}, {existingSecret: b}]}');
    const own = 'deploykf_core: {deploykf_auth: {valuesOverrides: {dex: {image: {pullSecret: c}}}}}\n';
    assert.equal(
      linesOf(dex, two, own)?.secret,
      'Pull secret: `a`, `b` reach `deploykf-auth`; `valuesOverrides` name one for it',
    );
  });

  it('says that there is no policy, but only where credentials are configured', () => {
    assert.equal(
      linesOf(dex, on.replace('true', 'false'))?.secret,
      'Pull secret: no policy, so no Pod gets a secret: "enabled" is false',
    );
    assert.equal(
      linesOf(dex, on.replace('existingSecret: reg', 'existingSecretNamespace: argocd'))?.secret,
      'Pull secret: no policy, so no Pod gets a secret: "registryCredentials" at 0.yaml:1 does not name a Secret',
    );
    assert.equal(linesOf(dex)?.secret, undefined);
    assert.equal(linesOf(dex, block('{enabled: true}'))?.secret, undefined);
  });

  it('is silent on public images, templates and components that are off', () => {
    const view = viewOf([on]);
    const [first] = view.images;
    assert.equal(first && secretLines(view, first).secret, undefined);
    assert.equal(
      linesOf(dex, on.replace('existingSecret: reg', 'existingSecret: "{{ .reg }}"'))?.secret,
      undefined,
    );
    assert.deepEqual(linesOf(frontend, on), { where: undefined, secret: undefined });
  });

  it('names only the Secrets that cover the image, and says when none does', () => {
    const two = block(
      '{enabled: true, registryCredentials: [{existingSecret: hub}, {existingSecret: vault}]}',
    );
    const extra = (vault: string): string =>
      `deploykf_dependencies: {kyverno: {extraManifests: [${secret('hub', 'hub.corp')}, ${secret('vault', vault)}]}}\n`;
    assert.equal(
      linesOf(dex, two, extra('r.example.com'))?.secret,
      'Pull secret: `vault` reaches `deploykf-auth`',
    );
    assert.equal(
      linesOf(dex, two, extra('other.corp'))?.secret,
      'Pull secret: no Secret of the policy has credentials for `r.example.com`',
    );
  });
});

/** A Secret of `extraManifests` in flow style. */
function secret(name: string, host: string): string {
  const config = `{"auths": {"${host}": {"username": "u", "password": "p"}}}`;
  return `{kind: Secret, metadata: {name: ${name}}, type: kubernetes.io/dockerconfigjson, stringData: {.dockerconfigjson: '${config}'}}`;
}
