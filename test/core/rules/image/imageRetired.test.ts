import assert from 'node:assert/strict';
import { StackView } from '../../../../server/src/core/analysis/stackView.ts';
import { planOfStack } from '../../../../server/src/core/mirror/plan.ts';
import { planKey } from '../../../../server/src/core/mirror/verification.ts';
import { parsePolicy } from '../../../../server/src/core/policy/parse.ts';
import { imageRetired } from '../../../../server/src/core/rules/image/imageRetired.ts';
import type { VerifyState } from '../../../../server/src/core/verify/types.ts';
import type { Value } from '../../../../server/src/core/yaml/value.ts';
import { check, fix, fixTitles, messages } from '../../../support/fixture.ts';
import { viewOf } from '../../../support/views.ts';

const codes = ['image-retired'];
const registry = { rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] };
describe('image-retired', () => {
  it('says once what happened to images of which the policy maps some', () => {
    const rules = [{ source: 'docker.io/bitnami/kubectl', target: 'r.example.com/kubectl' }];
    const found = messages('deploykf_opt: { deploykf_minio: { enabled: true } }', {
      codes,
      registry: { rules },
    });
    assert.deepEqual(
      found.filter(message => message.startsWith('deploykf_opt.')),
      [
        'deploykf_opt.deploykf_minio: docker.io/bitnami/{minio, minio-client, kubectl, os-shell} were removed from Docker Hub on 2025-09-29; docker.io/bitnamilegacy/{minio, minio-client, kubectl, …} have the same tags, without updates: fill the mirror from there for kubectl',
      ],
    );
  });

  it('says once a component what is gone although nobody set it', () =>
    check(
      `
      deploykf_opt:
    ~ ^^^^^^^^^^^^ image-retired: deploykf_dependencies.kyverno.images.kubectl: docker.io/bitnami/kubectl:1.26.4 was removed from Docker Hub on 2025-09-29; docker.io/bitnamilegacy/kubectl has the same tag, without updates
    ~ ^^^^^^^^^^^^ image-retired: deploykf_core.deploykf_auth.images.kubectl: docker.io/bitnami/kubectl:1.26.15-debian-12-r4 was removed from Docker Hub on 2025-09-29; docker.io/bitnamilegacy/kubectl has the same tag, without updates
        deploykf_minio:
      ~ ^^^^^^^^^^^^^^ image-retired: deploykf_opt.deploykf_minio: docker.io/bitnami/{minio, minio-client, kubectl, os-shell} were removed from Docker Hub on 2025-09-29; docker.io/bitnamilegacy/{minio, minio-client, kubectl, …} have the same tags, without updates
          enabled: true
      kubeflow_tools:
        tensorboards: { enabled: true }
      ~ ^^^^^^^^^^^^ image-retired: kubeflow_tools.tensorboards.images.kubeRbacProxy: gcr.io/kubebuilder/kube-rbac-proxy:v0.8.0 has been unavailable since March 2025; quay.io/brancz/kube-rbac-proxy has the same tag
        pipelines: { enabled: true }
      `,
      { codes },
    ));

  it('says what was gone in an older release', () =>
    check(
      `
      deploykf_core: { deploykf_auth: { images: { kubectl: { repository: a.example.com/kubectl } } } }
      deploykf_dependencies: { kyverno: { enabled: false } }
      kubeflow_tools: { pipelines: { enabled: true } }
                      ~ ^^^^^^^^^ image-retired: kubeflow_tools.pipelines: gcr.io/ml-pipeline/{cache-server, metadata-envoy, metadata-writer, api-server, persistenceagent, scheduledworkflow, frontend, viewer-crd-controller, visualization-server} have been unavailable since November 2025; ghcr.io/kubeflow/{kfp-cache-server, kfp-metadata-envoy, kfp-metadata-writer, …} take their place, not known to hold versions before 2.5.0
      `,
      { codes, release: '0.1.4' },
    ));

  it('stands at what a user wrote, in every form', () =>
    check(
      `
      deploykf_dependencies: { kyverno: { enabled: false } }
      deploykf_core:
        deploykf_auth:
          images:
            kubectl:
              repository: bitnami/kubectl
                        ~ ^^^^^^^^^^^^^^^ image-retired: docker.io/bitnami/kubectl:1.26.15-debian-12-r4 was removed from Docker Hub on 2025-09-29; docker.io/bitnamilegacy/kubectl has the same tag, without updates
        deploykf_dashboard:
          images:
            dashboard: { repository: public.ecr.aws/bitnami/dashboard }
                                   ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-retired: public.ecr.aws/bitnami/dashboard:0.1.1 was removed from the public ECR on 2026-06-10; no replacement is known
            profileController: { repository: 'k8s.gcr.io/pause', tag: "3.9" }
                                           ~ ^^^^^^^^^^^^^^^^^^ image-retired: k8s.gcr.io/pause:3.9 was moved on 2023-04-03; registry.k8s.io/pause takes its place
            kfamApi: { repository: "gcr.io/istio-release/pilot", tag: 1.17.8 }
                                 ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-retired: gcr.io/istio-release/pilot:1.17.8 will be removed in December 2026; docker.io/istio/pilot takes its place
      kubeflow_tools:
        pipelines:
          enabled: true
          kfpV2: { driverImage: gcr.io/ml-pipeline/kfp-driver:2.0.1, launcherImage: gcr.io/ml-pipeline/other:1 }
                              ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-retired: gcr.io/ml-pipeline/kfp-driver:2.0.1 has been unavailable since November 2025; ghcr.io/kubeflow/kfp-driver takes its place, not known to hold versions before 2.5.0
                                                                                  ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^ image-retired: gcr.io/ml-pipeline/other:1 has been unavailable since November 2025; no replacement is known
        notebooks:
          enabled: true
          spawnerFormDefaults: { image: { value: "bitnami/jupyter:1", options: [bitnami/jupyter:latest, bitnami/jupyter:1] } }
                                               ~ ^^^^^^^^^^^^^^^^^^^ image-retired: docker.io/bitnami/jupyter:1 was removed from Docker Hub on 2025-09-29; docker.io/bitnamilegacy/jupyter takes its place, without updates
                                                                                                      ~ ^^^^^^^^^^^^^^^^^ image-retired: docker.io/bitnami/jupyter:1 was removed from Docker Hub on 2025-09-29; docker.io/bitnamilegacy/jupyter takes its place, without updates
      `,
      { codes },
    ));

  it('stays silent for excepted tags, disabled components, templates and broken texts', () => {
    check(
      `
      deploykf_dependencies: { kyverno: { images: { kubectl: { repository: r.example.com/docker.io/bitnami/kubectl } } } }
                                                                         ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-retired: kubectl: its upstream docker.io/bitnami/kubectl:1.26.4 was removed from Docker Hub on 2025-09-29; fill the mirror from docker.io/bitnamilegacy/kubectl, without updates
      deploykf_opt: { deploykf_minio: { enabled: false }, deploykf_mysql: { enabled: false } }
      deploykf_core: { deploykf_auth: { images: { kubectl: { repository: bitnami/kubectl, tag: latest } } } }
      `,
      { codes, registry },
    );
    check(
      `
      deploykf_dependencies: { kyverno: { enabled: false } }
      deploykf_core: { deploykf_auth: { images: { kubectl: { repository: "bitnami/{{ name }}" } } } }
      `,
      { codes },
    );
    check('kubeflow_tools:\n  katib:\n   - a\n  b: [\n', { codes });
  });

  it('adds the overrides of a component', () =>
    fix(
      `
      # prod
      deploykf_opt:
        deploykf_minio: # storage
          enabled: true
          images:
            minio: { tag: "1" } # ours
        deploykf_mysql: { enabled: true }
      deploykf_core: { deploykf_auth: { enabled: false } }
      deploykf_dependencies: { kyverno: { enabled: false } }
      `,
      `
      # prod
      deploykf_opt:
        deploykf_minio: # storage
          enabled: true
          images:
            minio: { tag: "1" } # ours
            minioMc:
              repository: docker.io/bitnamilegacy/minio-client
            kubectl:
              repository: docker.io/bitnamilegacy/kubectl
            shell:
              repository: docker.io/bitnamilegacy/os-shell
        deploykf_mysql: { enabled: true, images: {kubectl: {repository: docker.io/bitnamilegacy/kubectl}} }
      deploykf_core: { deploykf_auth: { enabled: false } }
      deploykf_dependencies: { kyverno: { enabled: false } }
      `,
      { codes, title: /bitnamilegacy\/[{k]/ },
    ));

  it('replaces what a user wrote and keeps tag, quotes, comments and CRLF', () => {
    fix(
      `
      deploykf_dependencies: { kyverno: { enabled: false } }
      deploykf_core: { deploykf_auth: { images: { kubectl: { repository: 'bitnami/kubectl', tag: 1.26.15-debian-12-r4 } } } } # ours
      kubeflow_tools: { tensorboards: { enabled: true, tensorboardImage: "k8s.gcr.io/tensorflow:2.5.1" } }
      `,
      `
      deploykf_dependencies: { kyverno: { enabled: false } }
      deploykf_core: { deploykf_auth: { images: { kubectl: { repository: 'docker.io/bitnamilegacy/kubectl', tag: 1.26.15-debian-12-r4 } } } } # ours
      kubeflow_tools: { tensorboards: { enabled: true, tensorboardImage: "k8s.gcr.io/tensorflow:2.5.1" } }
      `,
      { codes },
    );
    fix(
      'deploykf_dependencies:\r\n  kyverno: { enabled: false }\r\ndeploykf_core:\r\n  deploykf_auth:\r\n    images:\r\n      kubectl:\r\n        repository: docker.io/bitnami/kubectl\r\n',
      'deploykf_dependencies:\r\n  kyverno: { enabled: false }\r\ndeploykf_core:\r\n  deploykf_auth:\r\n    images:\r\n      kubectl:\r\n        repository: docker.io/bitnamilegacy/kubectl\r\n',
      { codes },
    );
  });

  it('leaves the choice where tags differ or a policy maps the image', () => {
    const texts = `
      deploykf_dependencies: { kyverno: { enabled: false } }
      deploykf_core: { deploykf_auth: { images: { kubectl: { repository: docker.io/bitnami/kubectl } } } }
                                                                       ~ ^^^^^^^^^^^^^^^^^^^^^^^^^ image-retired: docker.io/bitnami/kubectl:1.26.15-debian-12-r4 was removed from Docker Hub on 2025-09-29; docker.io/bitnamilegacy/kubectl has the same tag, without updates: fill the mirror from there
      `;
    check(texts, { codes, registry });
    assert.deepEqual(fixTitles(texts, { codes, registry }), [
      'Use r.example.com/docker.io/bitnamilegacy/kubectl',
    ]);
    fix(texts, texts, { codes, registry, title: /x-none/ });
    fix(
      texts,
      `
      deploykf_dependencies: { kyverno: { enabled: false } }
      deploykf_core: { deploykf_auth: { images: { kubectl: { repository: r.example.com/docker.io/bitnamilegacy/kubectl } } } }
      `,
      { codes, registry, title: /^Use/ },
    );
  });

  it('is sure where the policy accepts both places as public', () =>
    fix(
      `
      deploykf_dependencies: { kyverno: { enabled: false } }
      deploykf_core: { deploykf_auth: { images: { kubectl: { repository: docker.io/bitnami/kubectl } } } }
      `,
      `
      deploykf_dependencies: { kyverno: { enabled: false } }
      deploykf_core: { deploykf_auth: { images: { kubectl: { repository: docker.io/bitnamilegacy/kubectl } } } }
      `,
      { codes, registry: { rules: [{ source: 'docker.io', target: null }] } },
    ));

  it('says what to fill the mirror from where the upstream of a private image is gone', () =>
    check(
      `
      deploykf_dependencies: { kyverno: { images: { kubectl: { repository: r.example.com/docker.io/bitnami/kubectl } } } }
                                                                         ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-retired: kubectl: its upstream docker.io/bitnami/kubectl:1.26.4 was removed from Docker Hub on 2025-09-29; fill the mirror from docker.io/bitnamilegacy/kubectl, without updates
      deploykf_opt: { deploykf_minio: { enabled: false }, deploykf_mysql: { enabled: false } }
      deploykf_core: { deploykf_auth: { images: { kubectl: { repository: r.example.com/mine/kubectl } } } }
      `,
      { codes, registry },
    ));

  it('offers the place that can be filled again for a private image, and never with a digest', () => {
    const text = `
      deploykf_dependencies: { kyverno: { images: { kubectl: { repository: r.example.com/docker.io/bitnami/kubectl } } } }
      deploykf_core: { deploykf_auth: { images: { kubectl: { repository: r.example.com/docker.io/bitnami/kubectl, tag: "1.26@sha256:${'a'.repeat(64)}" } } } }
      `;
    assert.deepEqual(fixTitles(text, { codes, registry }), [
      'Use r.example.com/docker.io/bitnamilegacy/kubectl',
    ]);
    fix(text, text, { codes, registry, title: /x-none/ });
    fix(text, text.replace('/bitnami/kubectl }', '/bitnamilegacy/kubectl }'), {
      codes,
      registry,
      title: /^Use/,
    });
  });

  it('leaves images without any tag to image-tag-missing', () =>
    check(
      `
      deploykf_opt: { deploykf_mysql: { enabled: true, images: { kubectl: { repository: bitnami/kubectl, tag: ~ } } } }
      deploykf_core: { deploykf_auth: { enabled: false } }
      deploykf_dependencies: { kyverno: { enabled: false } }
      `,
      { codes },
    ));

  it('is said once where the image is below a key of one’s own', () =>
    check(
      `
      x-old: &old { repository: docker.io/bitnami/kubectl, tag: 1.26.4 }
                              ~ ^^^^^^^^^^^^^^^^^^^^^^^^^ image-retired: docker.io/bitnami/kubectl:1.26.4 was removed from Docker Hub on 2025-09-29; docker.io/bitnamilegacy/kubectl has the same tag, without updates
      deploykf_dependencies: { kyverno: { images: { kubectl: *old } } }
      deploykf_core: { deploykf_auth: { images: { kubectl: *old } } }
      `,
      { codes },
    ));

  it('says of copies whose tags no place is known to have that they are to be kept, once for a component', () =>
    check(
      `
      kubeflow_tools:
    ~ ^^^^^^^^^^^^^^ image-retired: deploykf_dependencies.kyverno.images.kubectl: docker.io/bitnami/kubectl:1.26.4 was removed from Docker Hub on 2025-09-29; docker.io/bitnamilegacy/kubectl has the same tag, without updates: fill the mirror from there
        pipelines:
      ~ ^^^^^^^^^ image-retired: kubeflow_tools.pipelines: gcr.io/ml-pipeline/{cache-server, metadata-envoy, metadata-writer, persistenceagent, scheduledworkflow, viewer-crd-controller, visualization-server} have been unavailable since November 2025; ghcr.io/kubeflow/{kfp-cache-server, kfp-metadata-envoy, kfp-metadata-writer, …} take their place, not known to hold versions before 2.5.0: the mirror needs copies that you have
          enabled: true
          images:
            kfpApiServer: { repository: r.example.com/gcr.io/ml-pipeline/api-server }
                                      ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-retired: kubeflow_tools.pipelines: the upstreams gcr.io/ml-pipeline/{api-server, frontend} have been unavailable since November 2025; ghcr.io/kubeflow/{kfp-api-server, kfp-frontend} take their place, not known to hold versions before 2.5.0: the mirror needs copies that you have
            kfpFrontend: { repository: r.example.com/gcr.io/ml-pipeline/frontend }
      deploykf_core:
        deploykf_auth: { images: { kubectl: { repository: r.example.com/docker.io/bitnami/kubectl } } }
                                                        ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-retired: kubectl: its upstream docker.io/bitnami/kubectl:1.26.6-debian-11-r8 was removed from Docker Hub on 2025-09-29; fill the mirror from docker.io/bitnamilegacy/kubectl, without updates
      `,
      {
        codes: ['image-retired'],
        release: '0.1.4',
        registry: { rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] },
      },
    ));

  describe('of a private image', () => {
    const text =
      'deploykf_dependencies: { kyverno: { images: { kubectl: { repository: r.example.com/bitnami/kubectl } } } }\n';
    const upstream = 'docker.io/bitnami/kubectl:1.26.4';
    const gone = 'removed from Docker Hub on 2025-09-29';
    const legacy = 'from docker.io/bitnamilegacy/kubectl, without updates';
    const hub = { source: 'docker.io', target: 'r.example.com' };

    it('is a warning, as nobody knows whether the mirror holds it', () =>
      assert.deepEqual(reportOn(viewWith(text, [hub])), [
        `warning kubectl: its upstream ${upstream} was ${gone}; fill the mirror ${legacy}`,
      ]));

    it('is a note where the registry was asked and has it', () => {
      const view = viewWith(text, [hub]);
      const target = 'r.example.com/bitnami/kubectl:1.26.4';
      const verified = (state: VerifyState): StackView => {
        const image = { target, source: upstream, state, found: undefined, wanted: undefined, detail: '' };
        const verification = {
          planKey: planKey(planOfStack(view)),
          images: new Map([[target, image]]),
          time: '10:32',
        };
        const { stack, catalog, policy, retired } = view;
        return new StackView(stack, { catalog, policy, retired, verified: verification });
      };
      assert.deepEqual(reportOn(verified('there')), [
        `info kubectl: the mirror holds ${upstream}, which was ${gone}; it can be filled again ${legacy}`,
      ]);
      assert.match(reportOn(verified('missing'))[0] ?? '', /^warning kubectl: its upstream/);
    });

    it('is a note where a rule names the replacement for just this image', () => {
      const images = { 'docker.io/bitnami/kubectl': 'r.example.com/bitnamilegacy/kubectl' };
      const renamed = text.replace('/bitnami/', '/bitnamilegacy/');
      assert.deepEqual(reportOn(viewWith(renamed, [{ ...hub, images }])), [
        `info kubectl: its upstream ${upstream} was ${gone}; fill the mirror ${legacy}`,
      ]);
      const other = { 'docker.io/bitnami/kubectl': 'r.example.com/mine/kubectl' };
      const mine = text.replace('/bitnami/', '/mine/');
      assert.match(reportOn(viewWith(mine, [{ ...hub, images: other }]))[0] ?? '', /^warning /);
    });
  });
});

function viewWith(text: string, rules: Value): StackView {
  const { policy } = parsePolicy({ rules });
  return viewOf([text], { ...(policy && { policy }) });
}

/** What is said of Kyverno's kubectl. */
function reportOn(view: StackView): readonly string[] {
  const component = view.catalog.componentAt('deploykf_dependencies.kyverno');
  const reports = component === undefined ? [] : imageRetired.check(component, view);
  return reports.map(({ severity = imageRetired.severity, message }) => `${severity} ${message}`);
}
