import assert from 'node:assert/strict';
import { retiredChart, retiredImage } from '../../../server/src/core/catalog/retired.ts';
import { Catalogs } from '../../../server/src/host/catalogs.ts';

const { retired } = new Catalogs();

describe('retiredImage', () => {
  const rows: readonly [repository: string, tag: string | undefined, expected: string][] = [
    [
      'docker.io/bitnami/kubectl',
      '1.26.15-debian-12-r4',
      'removed 2025-09-29 docker.io/bitnamilegacy/kubectl',
    ],
    ['docker.io/bitnami/kubectl', undefined, 'removed 2025-09-29 docker.io/bitnamilegacy/kubectl'],
    ['docker.io/bitnami/kubectl', 'latest', '-'],
    ['docker.io/bitnamilegacy/kubectl', '1.26.4', '-'],
    ['docker.io/bitnami', '1', '-'],
    ['docker.io/minio/minio', 'RELEASE.2023-08-04T17-40-21Z', 'removed 2026-09 quay.io/minio/minio'],
    ['docker.io/minio/mc', 'latest', 'removed 2026-09 quay.io/minio/mc'],
    ['docker.io/minio/operator', 'v5', '-'],
    ['quay.io/minio/minio', 'latest', '-'],
    ['gcr.io/kubebuilder/kube-rbac-proxy', 'v0.8.0', 'unavailable 2025-03 quay.io/brancz/kube-rbac-proxy'],
    ['gcr.io/ml-pipeline/api-server', '2.0.0-alpha.7', 'unavailable 2025-11 ghcr.io/kubeflow/kfp-api-server'],
    ['gcr.io/ml-pipeline/argoexec', 'v3', 'unavailable 2025-11 nothing'],
    ['gcr.io/ml-pipeline-test/dev/kfp-driver', 'latest', '-'],
    ['public.ecr.aws/bitnami/kubectl', 'latest', 'removed 2026-06-10 nothing'],
    [
      'k8s.gcr.io/ingress-nginx/controller',
      'v1',
      'moved 2023-04-03 registry.k8s.io/ingress-nginx/controller',
    ],
    ['gcr.io/istio-release/pilot', '1.17.8', 'ending 2026-12 docker.io/istio/pilot'],
    ['docker.io/kubeflownotebookswg/kfam', 'v1.8.0', '-'],
    ['docker.io/istio/pilot', '1.17.8', '-'],
    ['gcr.io/google-containers/busybox', '1.27', '-'],
    ['gcr.io/tfx-oss-public/ml_metadata_store_server', '1.5.0', '-'],
  ];
  for (const [repository, tag, expected] of rows) {
    it(`${repository}:${tag ?? '?'}`, () => {
      const found = retiredImage(retired, repository, tag);
      const text = found && `${found.entry.status} ${found.entry.since} ${found.replacement ?? 'nothing'}`;
      assert.equal(text ?? '-', expected);
    });
  }
});

describe('retiredChart', () => {
  it('knows the Helm repository of Istio that every release uses', () => {
    const urls = [
      'https://istio-release.storage.googleapis.com/charts',
      'https://Istio-Release.storage.googleapis.com/charts/',
    ];
    assert.deepEqual(
      urls.map(url => retiredChart(retired, url)?.replacement),
      ['https://blob.istio.io/istio-release/charts', 'https://blob.istio.io/istio-release/charts'],
    );
  });

  it('is silent about the others', () => {
    const urls = [
      'https://charts.jetstack.io',
      'https://kyverno.github.io/kyverno',
      'file://forks/trust-manager',
      '',
    ];
    assert.deepEqual(
      urls.filter(url => retiredChart(retired, url) !== undefined),
      [],
    );
  });
});

describe('retired.json', () => {
  it('has a source, a date and no loop for every entry', () => {
    for (const entry of retired) {
      assert.match(entry.url, /^https:\/\//, entry.source);
      assert.match(entry.since, /^\d{4}-\d{2}(-\d{2})?$/, entry.source);
      const replacement = entry.replacement?.replace('{name}', 'x');
      const again =
        entry.kind === 'chart'
          ? retiredChart(retired, replacement ?? '')
          : retiredImage(retired, replacement ?? '', '1');
      assert.equal(again, undefined, entry.source);
    }
  });
});
