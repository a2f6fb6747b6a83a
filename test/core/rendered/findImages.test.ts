import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printFieldPath } from '../../../server/src/core/rendered/fieldPath.ts';
import { readManifest, withInjectedProxy } from '../../../server/src/core/rendered/readManifest.ts';
import { ManifestSplitter } from '../../../server/src/core/rendered/splitManifests.ts';
import type { RenderedImage } from '../../../server/src/core/rendered/types.ts';
import { dedent } from '../../support/fixture.ts';
import { sharedFile, sharedPath } from '../../support/shared.ts';

function imagesIn(text: string): readonly RenderedImage[] {
  const splitter = new ManifestSplitter();
  const objects = [...splitter.push(text), ...splitter.end()];
  return withInjectedProxy(objects.flatMap(object => readManifest(object).images));
}

/** Each place as `how image path > inner`. */
function found(manifest: string): readonly string[] {
  return imagesIn(dedent(manifest)).map(({ how, image, path, inner, line }) => {
    const fields = [path, ...inner].map(printFieldPath).join(' > ');
    return [how, image ?? '?', fields, line === undefined ? '' : `line ${line}`]
      .filter(text => text !== '')
      .join(' ');
  });
}

describe('images in manifests', () => {
  it('are those of containers in any kind of object, and of image volumes', () => {
    assert.deepEqual(
      found(`
        apiVersion: example.com/v1
        kind: Anything
        spec:
          template:
            spec:
              initContainers: [{ name: a, image: busybox }]
              containers: [{ name: b, image: "ghcr.io/a/b:1" }]
              ephemeralContainers: [{ name: c, image: "quay.io/c:1" }]
              volumes: [{ name: v, image: { reference: "quay.io/v:1" } }]
          templates:
            - container: { image: "alpine:3" }
              sidecars: [{ image: "alpine:4" }]
            - script: { image: "python:3" }
      `),
      [
        'container docker.io/library/busybox spec.template.spec.initContainers[0].image',
        'container ghcr.io/a/b:1 spec.template.spec.containers[0].image',
        'container quay.io/c:1 spec.template.spec.ephemeralContainers[0].image',
        'container quay.io/v:1 spec.template.spec.volumes[0].image.reference',
        'container docker.io/library/alpine:3 spec.templates[0].container.image',
        'container docker.io/library/alpine:4 spec.templates[0].sidecars[0].image',
        'container docker.io/library/python:3 spec.templates[1].script.image',
      ],
    );
  });

  it('are those that keys, choices, variables and flags name', () => {
    assert.deepEqual(
      found(`
        kind: ConfigMap
        data:
          driverImage: ghcr.io/a/driver:1
          TENSORBOARD_IMAGE: tensorflow/tensorflow:2.5.1
          imagePullPolicy: Always
          description: an image of mine
      `),
      [
        'key ghcr.io/a/driver:1 data.driverImage',
        'key docker.io/tensorflow/tensorflow:2.5.1 data.TENSORBOARD_IMAGE',
      ],
    );
    assert.deepEqual(
      found(`
        kind: Deployment
        spec:
          containers:
            - args: [--acme-http01-solver-image=quay.io/a/solver:v1, --executor-image, quay.io/b/exec:v1, --image-pull-policy=Always]
              env:
                - { name: RELATED_IMAGE_PROXY, value: "quay.io/c/proxy:1" }
                - { name: IMAGE_TAG, value: "1.2:3" }
                - { name: SPIFFE, value: cluster.local/ns/a/sa/b }
          spawner: { imageGroup: { value: "a/b:1", options: ["a/b:1", "a/c:2"] } }
      `),
      [
        'arg quay.io/a/solver:v1 spec.containers[0].args[0]',
        'arg quay.io/b/exec:v1 spec.containers[0].args[2]',
        'env quay.io/c/proxy:1 spec.containers[0].env[0].value',
        'choice docker.io/a/b:1 spec.spawner.imageGroup.value',
        'choice docker.io/a/b:1 spec.spawner.imageGroup.options[0]',
        'choice docker.io/a/c:2 spec.spawner.imageGroup.options[1]',
      ],
    );
  });

  it('are those in texts: JSON, YAML, and lines of templates', () => {
    assert.deepEqual(
      found(`
        kind: ConfigMap
        data:
          a: '{"suggestion": {"image": "docker.io/katib/random:v1"}}'
          b.yaml: |
            spec:
              containers:
                - image: docker.io/trial:v1
          c: |
            metadata:
            {{- if .x }}
            containers:
            - image: busybox:1.28
            - image: "{{ .ProxyImage }}"
      `),
      [
        'key docker.io/katib/random:v1 data.a > suggestion.image',
        'container docker.io/library/trial:v1 data["b.yaml"] > spec.containers[0].image',
        'text docker.io/library/busybox:1.28 data.c line 4',
      ],
    );
  });

  it('are not in CRDs, Secrets, the status, or what was applied last', () => {
    assert.deepEqual(
      found(`
        kind: CustomResourceDefinition
        spec: { containers: [{ image: "a/b:1" }] }
        ---
        kind: Secret
        stringData: { image: "a/b:1" }
        ---
        kind: Pod
        metadata:
          annotations:
            kubectl.kubernetes.io/last-applied-configuration: '{"spec": {"containers": [{"image": "a/b:1"}]}}'
          managedFields: [{ image: "a/b:1" }]
        spec: { containers: [] }
        ---
        kind: WorkflowTemplate
        spec: { templates: [{ container: { image: "{{ inputs.parameters.image }}" } }, { containers: [{ image: $(IMAGE) }] }] }
        status: { containerStatuses: [{ image: "a/b:1" }] }
      `),
      [],
    );
  });

  it('are not hidden by a CRD in a text, in a list, or by what belongs to a CRD', () => {
    const crd = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: { x: "image" }\n';
    const indent = (blanks: string): string => crd.replace(/^/gm, blanks).trimEnd();
    const map = `kind: ConfigMap\nimage: a/b:1\ndata:\n crd: |\n${indent('  ')}\n`;
    assert.deepEqual(found(map), ['key docker.io/a/b:1 image']);
    const items = `items:\n- ${indent('  ').trimStart()}\n- ${map.replace(/\n(?=.)/g, '\n  ')}`;
    assert.deepEqual(found(items), ['key docker.io/a/b:1 image']);
    const owner = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' };
    const owned = { kind: 'Pod', metadata: { ownerReferences: [owner] }, image: 'a/b:1' };
    assert.deepEqual(found(JSON.stringify(owned)), ['key docker.io/a/b:1 image']);
    assert.deepEqual(found(JSON.stringify({ ...owner, image: 'a/b:1' }, null, 2)), []);
  });

  it('are what Istio puts in for "auto", where its configuration is there', () => {
    const gateway = 'kind: Deployment\nspec: { containers: [{ image: auto }] }\n';
    assert.deepEqual(found(gateway), ['istio-auto ? spec.containers[0].image']);
    const injector =
      'kind: ConfigMap\nmetadata: { name: istio-sidecar-injector }\ndata:\n  values: \'{"global": {"proxy": {"image": "r.example.com/proxyv2:1"}}}\'\n';
    assert.equal(
      found(`${gateway}---\n${injector}`)[0],
      'istio-auto r.example.com/proxyv2:1 spec.containers[0].image',
    );
  });

  it('are found in lists of objects, as YAML, JSON and with line ends of Windows', () => {
    const pod = {
      kind: 'Pod',
      metadata: { name: 'p', namespace: 'n' },
      spec: { containers: [{ image: 'a/b:1' }] },
    };
    const json = JSON.stringify({ kind: 'List', items: [pod, { ...pod, kind: 'Job' }] }, null, 2);
    const yaml =
      'apiVersion: v1\nitems:\n- kind: Pod\n  spec:\n    containers:\n    - image: a/b:1\n- kind: Job\n  spec:\n    containers:\n    - image: a/b:1\nkind: List\n';
    for (const text of [
      json,
      JSON.stringify([pod, { ...pod, kind: 'Job' }]),
      yaml,
      yaml.replaceAll('\n', '\r\n'),
      `\uFEFF${yaml}`,
    ])
      assert.deepEqual(
        imagesIn(text).map(({ object, image }) => [object.kind, image]),
        [
          ['Pod', 'docker.io/a/b:1'],
          ['Job', 'docker.io/a/b:1'],
        ],
        text,
      );
  });

  it('are the same however the stream is cut into pieces', () => {
    const text =
      '# image\nkind: Pod\nspec: { containers: [{ image: "a/b:1" }] }\n---\n{"kind": "Pod", "x": "\\\\\\"[{", "spec": {"containers": [{"image": "c/d:2"}]}}\n';
    const json =
      '{"items": [{"kind": "A", "note": "\\"]}\\\\", "image": "a/b:1"}, {"kind": "B", "image": "c/d:2"}]}';
    const list =
      'apiVersion: v1\nitems:\n- kind: A\n  image: a/b:1\n# of B\n- kind: B\n  image: c/d:2\nkind: List\n--- # end\nx: 1';
    for (const whole of [text, json, list]) {
      const expected = imagesIn(whole);
      assert.equal(expected.length, 2);
      for (let size = 1; size < 20; size++) {
        const splitter = new ManifestSplitter();
        const objects = [];
        for (let at = 0; at < whole.length; at += size)
          objects.push(...splitter.push(whole.slice(at, at + size)));
        objects.push(...splitter.end());
        assert.deepEqual(
          objects.flatMap(object => readManifest(object).images),
          expected,
        );
      }
    }
  });

  it('are looked for line by line where a manifest cannot be parsed', () => {
    const [object] = new ManifestSplitter().push('kind: Pod\n{{ if x }}\nspec:\n  - image: a/b:1\n---\n');
    assert.ok(object);
    const { images, problem } = readManifest(object);
    assert.deepEqual(
      [problem, images[0]?.image, images[0]?.line],
      ['this is neither YAML nor JSON, so only lines with "image:" were looked at', 'a/b:1', 4],
    );
  });

  it('are exactly those of what real Helm and Kustomize rendered', function () {
    const folder = sharedPath('rendered/0.1.5');
    const truth = sharedFile('rendered/truth-0.1.5.json');
    if (folder === undefined || truth === undefined) this.skip();
    const all = readdirSync(folder).flatMap(name => imagesIn(readFileSync(join(folder, name), 'utf8')));
    const keyOf = (...parts: readonly unknown[]): string => JSON.stringify(parts);
    const places = withInjectedProxy(all).map(({ object, path, inner, image, how, line }) =>
      keyOf(
        object.kind,
        object.name,
        printFieldPath(path),
        inner.map(printFieldPath),
        image,
        how,
        line ?? null,
      ),
    );
    const { images } = JSON.parse(truth) as { images: readonly Record<string, unknown>[] };
    const expected = images.map(({ kind, name, path, inner = [], image, how, line = null }) =>
      keyOf(kind, name, path, inner, image, how, line),
    );
    assert.deepEqual(places.toSorted(), expected.toSorted());
  });
});
