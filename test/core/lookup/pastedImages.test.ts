import assert from 'node:assert/strict';
import { readPastedImages } from '../../../server/src/core/lookup/pastedImages.ts';

/** `IMAGE`, with `in NAMESPACE` and the trouble where they are known. */
function asked(...lines: readonly string[]): readonly string[] {
  return readPastedImages(lines.join('\n')).map(({ image, namespace, trouble }) => {
    const where = namespace === undefined ? '' : ` in ${namespace}`;
    return `${image}${where}${trouble === undefined ? '' : `: ${trouble}`}`;
  });
}

const digest = `sha256:${'a'.repeat(64)}`;

describe('Images that a pasted text names', () => {
  it('are references in any spelling', () => {
    assert.deepEqual(asked('mysql'), ['docker.io/library/mysql']);
    assert.deepEqual(asked('  istio/proxyv2:1.18.0 '), ['docker.io/istio/proxyv2:1.18.0']);
    assert.deepEqual(asked(`r.example.com:5000/a/b:1@${digest}`), [`r.example.com:5000/a/b:1@${digest}`]);
    assert.deepEqual(asked(`docker-pullable://mysql@${digest}`), [`docker.io/library/mysql@${digest}`]);
    assert.deepEqual(asked('docker pull "quay.io/a/b:1"'), ['quay.io/a/b:1']);
    assert.deepEqual(asked('        image: ghcr.io/dexidp/dex:v2'), ['ghcr.io/dexidp/dex:v2']);
    assert.deepEqual(asked('quay.io/a/b:1', 'mysql:8', 'quay.io/a/b:1'), [
      'quay.io/a/b:1',
      'docker.io/library/mysql:8',
    ]);
  });

  it('are those of events, as lines, as a table and as objects', () => {
    assert.deepEqual(
      asked('  Warning  Failed  2s  kubelet  Failed to pull image "istio/proxyv2:1": rpc error: not found'),
      ['docker.io/istio/proxyv2:1: ErrImagePull'],
    );
    assert.deepEqual(asked('Back-off pulling image "quay.io/a/b:1"'), ['quay.io/a/b:1: ImagePullBackOff']);
    assert.deepEqual(
      asked(
        'NAMESPACE   LAST SEEN   TYPE     REASON   OBJECT      MESSAGE',
        'kubeflow    2m          Normal   BackOff  pod/x-1     Back-off pulling image "quay.io/a/b:1"',
        'auth        2m          Normal   Pulled   pod/y-1     Container image "quay.io/a/c:1" already present on machine',
      ),
      ['quay.io/a/b:1 in kubeflow: ImagePullBackOff', 'quay.io/a/c:1 in auth'],
    );
    const event = {
      kind: 'Event',
      metadata: { name: 'x', namespace: 'kubeflow' },
      message: 'Failed to pull image "quay.io/a/b:1": ErrImagePull',
    };
    assert.deepEqual(asked(JSON.stringify({ kind: 'List', items: [event] })), [
      'quay.io/a/b:1 in kubeflow: ErrImagePull',
    ]);
  });

  it('are those of kubectl describe, with the namespace and the trouble', () =>
    assert.deepEqual(
      asked(
        'Name:             dex-0',
        'Namespace:        deploykf-auth',
        'Containers:',
        '  dex:',
        '    Image:          r.example.com/dex:v2',
        '    Image ID:       ',
        '    State:          Waiting',
        '      Reason:       ImagePullBackOff',
        '    Environment:',
        '      PASSWORD:  image-secret',
        'Events:',
        '  Normal  Pulling  3s  kubelet  Pulling image "r.example.com/dex:v2"',
      ),
      ['r.example.com/dex:v2 in deploykf-auth: ImagePullBackOff'],
    ));

  it('are those of a Pod, and nothing else of it', () =>
    assert.deepEqual(
      asked(
        'apiVersion: v1',
        'kind: Pod',
        'metadata: { name: a, namespace: kubeflow }',
        'spec:',
        '  containers:',
        '    - name: main',
        '      image: mysql:8',
        '      env:',
        '        - { name: PASSWORD, value: "secret:hunter2" }',
        '        - { name: DRIVER_IMAGE, value: "gcr.io/a/driver:1" }',
        'status:',
        '  containerStatuses:',
        '    - { name: main, state: { waiting: { reason: ErrImagePull } } }',
      ),
      ['docker.io/library/mysql:8 in kubeflow: ErrImagePull', 'gcr.io/a/driver:1 in kubeflow'],
    ));

  it('are none in other texts', () => {
    for (const text of [
      '',
      'some words',
      'kind: Secret\nstringData: { image: "quay.io/a/b:1" }',
      '{"a":',
      '"',
    ])
      assert.deepEqual(asked(text), [], text);
  });
});
