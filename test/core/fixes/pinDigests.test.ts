import assert from 'node:assert/strict';
import { fixAll } from '../../../server/src/core/fixes/fixAll.ts';
import type { MirrorLock } from '../../../server/src/core/mirror/lock.ts';
import { mirrorRule } from '../../../server/src/core/policy/mirrorRule.ts';
import type { StackPlan } from '../../../server/src/core/stack/plan.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { catalogs } from '../../support/views.ts';

const root = 'file:///ws/';
const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
const [a, b] = [digest('a'), digest('b')];

function plan(id: string, names: readonly string[], release: string | undefined = '0.1.5'): StackPlan {
  return { id, name: id, kind: 'given', release, uris: names.map(name => root + name), folder: root };
}

function lockOf(images: Readonly<Record<string, string>>): MirrorLock {
  const entries = Object.entries(images).map(([image, own]) => {
    const source = image.replace(/^r\.example\.com\//, '');
    return [
      image,
      { source, digest: own, platforms: [], manifests: [], isUpstream: false, verified: '2026-11-28' },
    ] as const;
  });
  return { images: new Map(entries) };
}

function pinned(
  files: Readonly<Record<string, string>>,
  plans: readonly StackPlan[],
  digests: MirrorLock,
): Readonly<Record<string, string>> {
  const policy = {
    rules: [mirrorRule('*', 'r.example.com/{registry}/{path}')],
    private: [],
  };
  const severities = { 'image-not-overridden': 'off', 'chart-retired': 'off' } as const;
  const snapshot = Snapshot.of({
    catalogs,
    folders: [{ uri: root, settings: { ...noSettings, policy, severities }, project: undefined }],
    files: new Map(
      Object.entries(files).map(([name, text]) => [root + name, new ValuesFile(root + name, text)]),
    ),
    given: plans,
  });
  const uris = Object.keys(files).map(name => root + name);
  const { texts, snapshot: fixed } = fixAll(snapshot, uris, undefined, { digests });
  assert.equal(fixAll(fixed, uris, undefined, { digests }).texts.size, 0);
  return Object.fromEntries([...texts].map(([uri, text]) => [uri.slice(root.length), text]));
}

const auth = (tag: string): string => `deploykf_core:
  deploykf_auth:
    images:
      dex: { repository: r.example.com/ghcr.io/dexidp/dex, tag: ${tag} } # ours
`;
const dex = 'r.example.com/ghcr.io/dexidp/dex:v2.39.1';

describe('pinning the digests of a lock', () => {
  it('writes them after the tags, or in place of older ones, and is done once', () => {
    const lock = lockOf({ [dex]: a });
    for (const tag of ['v2.39.1', `v2.39.1@${b}`])
      assert.deepEqual(pinned({ 'v.yaml': auth(tag) }, [plan('x', ['v.yaml'])], lock), {
        'v.yaml': auth(`v2.39.1@${a}`),
      });
    assert.deepEqual(pinned({ 'v.yaml': auth(`v2.39.1@${a}`) }, [plan('x', ['v.yaml'])], lock), {});
  });

  it('writes the tag that is left open, too', () => {
    const text = (tag: string): string =>
      `deploykf_dependencies:\n  istio:\n    images:\n      istioProxy:\n        repository: r.example.com/docker.io/istio/proxyv2\n${tag}`;
    const lock = lockOf({ 'r.example.com/docker.io/istio/proxyv2:1.17.8-distroless': a });
    assert.deepEqual(pinned({ 'v.yaml': text('') }, [plan('x', ['v.yaml'])], lock), {
      'v.yaml': text(`        tag: 1.17.8-distroless@${a}\n`),
    });
  });

  it('writes nothing where the lock has nothing, stacks differ, the release is a guess, or a tag is also that of another image', () => {
    const files = { 'v.yaml': auth('v2.39.1') };
    assert.deepEqual(pinned(files, [plan('x', ['v.yaml'])], lockOf({})), {});
    const istio =
      'deploykf_dependencies: { istio: { images: { istioProxy: { repository: r.example.com/docker.io/istio/proxyv2 } } } }\n';
    const both = [plan('x', ['v.yaml']), plan('y', ['v.yaml'], '0.1.0')];
    const one = lockOf({ 'r.example.com/docker.io/istio/proxyv2:1.17.8-distroless': a });
    assert.deepEqual(pinned({ 'v.yaml': istio }, both, one), {});
    const guess = { ...plan('x', ['v.yaml']), guess: 'newest' } as const;
    assert.deepEqual(pinned(files, [guess], lockOf({ [dex]: a })), {});
    const notebooks = `kubeflow_tools:
  notebooks:
    images:
      jupyterWebApp: { repository: r.example.com/docker.io/kubeflownotebookswg/jupyter-web-app, tag: v1.7.0 }
      notebookController: { repository: r.example.com/docker.io/kubeflownotebookswg/notebook-controller, tag: v1.7.0 }
`;
    const lock = lockOf({
      'r.example.com/docker.io/kubeflownotebookswg/jupyter-web-app:v1.7.0': a,
      'r.example.com/docker.io/kubeflownotebookswg/notebook-controller:v1.7.0': b,
    });
    assert.deepEqual(pinned({ 'v.yaml': notebooks }, [plan('x', ['v.yaml'])], lock), {});
  });

  it('writes nothing where an alias would hand the digest on', () => {
    const text =
      auth('&tag v2.39.1').replace('# ours', '') +
      '      oauth2Proxy: { repository: r.example.com/quay.io/oauth2-proxy/oauth2-proxy, tag: *tag }\n';
    assert.deepEqual(pinned({ 'v.yaml': text }, [plan('x', ['v.yaml'])], lockOf({ [dex]: a })), {});
  });

  it('writes them into images that are one text, and leaves what users choose from a list', () => {
    const text = (suffix: string): string => `kubeflow_tools:
  pipelines:
    enabled: true
    kfpV2:
      driverImage: "r.example.com/gcr.io/ml-pipeline/kfp-driver:2.1.0${suffix}"
  notebooks:
    enabled: true
    spawnerFormDefaults:
      image:
        value: r.example.com/docker.io/kubeflownotebookswg/jupyter-scipy:v1.7.0
        options: [r.example.com/docker.io/kubeflownotebookswg/jupyter-scipy:v1.7.0]
`;
    const lock = lockOf({
      'r.example.com/docker.io/kubeflownotebookswg/jupyter-scipy:v1.7.0': a,
      'r.example.com/gcr.io/ml-pipeline/kfp-driver:2.1.0': b,
    });
    assert.deepEqual(pinned({ 'v.yaml': text('') }, [plan('x', ['v.yaml'])], lock), {
      'v.yaml': text(`@${b}`),
    });
  });
});
