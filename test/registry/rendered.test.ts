import assert from 'node:assert/strict';
import type { RenderedJson } from '../../server/src/core/report/renderedJson.ts';
import { inWorkspace } from '../support/cli.ts';
import { printedFor } from '../support/registry/printedFor.ts';
import { needHelm } from '../support/registry/programs.ts';

/** With values, a helper, images in a list of arguments, in JSON and YAML within texts, and what only looks like images. */
const chart = {
  'Chart.yaml': 'apiVersion: v2\nname: tiny\nversion: 1.0.0\n',
  'values.yaml': [
    'registry: quay.io',
    'controller: { repository: jetstack/cert-manager-controller, tag: v1.12.10 }',
    'solver: quay.io/jetstack/cert-manager-acmesolver:v1.12.10',
    'menu: { image: "ghcr.io/kubeflow/jupyter:v1", options: ["ghcr.io/kubeflow/jupyter:v1", "ghcr.io/kubeflow/code:v1"] }',
    '',
  ].join('\n'),
  'templates/_helpers.tpl':
    '{{- define "tiny.image" -}}{{ .root.Values.registry }}/{{ .image.repository }}:{{ .image.tag }}{{- end -}}\n',
  'templates/controller.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-controller
  namespace: {{ .Release.Namespace }}
spec:
  selector: { matchLabels: { app: tiny } }
  template:
    metadata: { labels: { app: tiny } }
    spec:
      initContainers:
        - name: wait
          image: docker.io/library/busybox:1.36
      containers:
        - name: controller
          image: {{ include "tiny.image" (dict "root" . "image" .Values.controller) | quote }}
          args:
            - --acme-http01-solver-image={{ .Values.solver }}
            - --leader-election-namespace=kube-system
            - --executor-image
            - quay.io/argoproj/argoexec:v3.3.10
          env:
            - { name: RELATED_IMAGE_SIDECAR, value: "gcr.io/ml-pipeline/sidecar:1.0.0" }
            - { name: ISSUER, value: "https://dex.example.com:5556/dex" }
`,
  'templates/config.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: {{ .Release.Name }}-config }
data:
  driverImage: gcr.io/ml-pipeline/kfp-driver:2.1.0
  json: {{ dict "suggestion" (dict "image" "docker.io/kubeflowkatib/suggestion-hyperopt:v0.15.0") | toJson | quote }}
  spawner.yaml: |
    image:
      value: {{ .Values.menu.image }}
      options:
{{- range .Values.menu.options }}
        - {{ . }}
{{- end }}
  logo.svg: '<svg style="opacity:0.25"/>'
`,
  'templates/tests/test.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}-test
  annotations: { helm.sh/hook: test }
spec:
  containers: [{ name: test, image: "busybox:1.35" }]
`,
};

const overlay = {
  'kustomization.yaml': `resources: [base.yaml]
namespace: team
images:
  - { name: ghcr.io/dexidp/dex, newName: registry.example.com/ghcr.io/dexidp/dex, newTag: v2.39.1 }
configMapGenerator:
  - name: settings
    literals: ["cacheImage=gcr.io/google-containers/busybox:1.27"]
  - name: trials
    files: [trial.yaml]
`,
  'trial.yaml': `apiVersion: batch/v1
kind: Job
spec:
  template:
    spec:
      containers:
        - name: training
          image: docker.io/kubeflowkatib/mxnet-mnist:v0.15.0
`,
  'base.yaml': `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: dex }
spec:
  template:
    spec:
      containers:
        - { name: dex, image: "ghcr.io/dexidp/dex:v2.0.0" }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: sweep }
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - { name: sweep, image: "docker.io/bitnami/kubectl:1.26", args: ["--image=auto"] }
`,
};

describe('What Helm and Kustomize print', function () {
  this.timeout(60_000);
  let helm: string;
  let kubectl: string;

  before(function () {
    helm = needHelm(this, 'helm');
    kubectl = needHelm(this, 'kubectl');
  });

  it(
    'of a chart: rendered finds every image in it, and nothing else',
    inWorkspace({ 'v.yaml': 'deploykf_core: {}\n' }, async workspace => {
      const text = printedFor(chart, folder => [helm, 'template', 'demo', folder, '--namespace', 'n']);
      assert.match(text, /^# Source: tiny\/templates\/controller\.yaml$/m);
      const argv = ['rendered', '-', '--values', 'v.yaml'];
      assert.deepEqual(shown((await workspace.json(argv, { stdin: text })) as RenderedJson), [
        'ConfigMap demo-config | data.driverImage | gcr.io/ml-pipeline/kfp-driver:2.1.0 | key',
        'ConfigMap demo-config | data.json | suggestion.image | docker.io/kubeflowkatib/suggestion-hyperopt:v0.15.0 | key',
        'ConfigMap demo-config | data["spawner.yaml"] | image.options[0] | ghcr.io/kubeflow/jupyter:v1 | choice',
        'ConfigMap demo-config | data["spawner.yaml"] | image.options[1] | ghcr.io/kubeflow/code:v1 | choice',
        'ConfigMap demo-config | data["spawner.yaml"] | image.value | ghcr.io/kubeflow/jupyter:v1 | choice',
        'Deployment demo-controller | spec.template.spec.containers[0].args[0] | quay.io/jetstack/cert-manager-acmesolver:v1.12.10 | arg',
        'Deployment demo-controller | spec.template.spec.containers[0].args[3] | quay.io/argoproj/argoexec:v3.3.10 | arg',
        'Deployment demo-controller | spec.template.spec.containers[0].env[0].value | gcr.io/ml-pipeline/sidecar:1.0.0 | env',
        'Deployment demo-controller | spec.template.spec.containers[0].image | quay.io/jetstack/cert-manager-controller:v1.12.10 | container',
        'Deployment demo-controller | spec.template.spec.initContainers[0].image | docker.io/library/busybox:1.36 | container',
        'Pod demo-test | spec.containers[0].image | docker.io/library/busybox:1.35 | container',
      ]);
    }),
  );

  it(
    'of an overlay: rendered finds every image in it, and nothing else',
    inWorkspace({ 'v.yaml': 'deploykf_core: {}\n' }, async workspace => {
      const text = printedFor(overlay, folder => [kubectl, 'kustomize', folder]);
      const argv = ['rendered', '-', '--values', 'v.yaml'];
      assert.deepEqual(shown((await workspace.json(argv, { stdin: text })) as RenderedJson), [
        'ConfigMap settings-HASH | data.cacheImage | gcr.io/google-containers/busybox:1.27 | key',
        'ConfigMap trials-HASH | data["trial.yaml"] | spec.template.spec.containers[0].image | docker.io/kubeflowkatib/mxnet-mnist:v0.15.0 | container',
        'CronJob sweep | spec.jobTemplate.spec.template.spec.containers[0].image | docker.io/bitnami/kubectl:1.26 | container',
        'StatefulSet dex | spec.template.spec.containers[0].image | registry.example.com/ghcr.io/dexidp/dex:v2.39.1 | container',
      ]);
    }),
  );
});

/** Each image with its object, its field, and that within a text. */
function shown({ images }: RenderedJson): readonly string[] {
  return images
    .map(({ image, kind, name, path, inner, how }) =>
      [
        `${kind} ${name.replace(/(?<=^(?:settings|trials)-)[a-z0-9]{10}$/, 'HASH')}`,
        path,
        ...inner,
        image,
        how,
      ].join(' | '),
    )
    .toSorted();
}
