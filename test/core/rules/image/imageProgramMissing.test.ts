import assert from 'node:assert/strict';
import { check, messages } from '../../../support/fixture.ts';

const codes = ['image-program-missing'];
const registry = { rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] };

describe('image-program-missing', () => {
  it('says what the script needs, also of a mirrored image', () => {
    check(
      `
      deploykf_core:
        deploykf_auth: { images: { kubectl: { repository: alpine/kubectl, tag: 1.33.4 } }, oauth2Proxy: { cookie: { secret: { generateSecret: true } } } } # ours
                                                        ~ ^^^^^^^^^^^^^^ image-program-missing: kubectl: docker.io/alpine/kubectl has no bash, which deployKF Auth runs in it (Job that generates the secrets, before install and upgrade): use an image that has bash, such as docker.io/bitnamilegacy/kubectl
      deploykf_opt:
        deploykf_mysql: { enabled: true, kubeflowUser: { generateSecret: true }, images: { kubectl: { repository: &k "r.example.com/docker.io/rancher/kubectl" } } }
                                                                                                                   ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-program-missing: kubectl: docker.io/rancher/kubectl has no bash, which MySQL runs in it (Job that generates the secrets): use an image that has bash, such as docker.io/bitnamilegacy/kubectl
        deploykf_minio: { enabled: true, rootUser: { generateSecret: "true" }, images: { kubectl: { repository: *k } } }
                                                                                                              ~ ^^ image-program-missing: kubectl: docker.io/rancher/kubectl has no bash, which MinIO runs in it (Job that generates the secrets, and the Job that creates service accounts): use an image that has bash, such as docker.io/bitnamilegacy/kubectl
      `,
      { codes, registry },
    );
  });

  it('knows the images of Kubernetes itself, from the version on of which it is known', () =>
    check(
      `
      deploykf_opt:
        deploykf_mysql: { enabled: true, kubeflowUser: { generateSecret: true }, images: { kubectl: { repository: registry.k8s.io/kubectl, tag: v1.33.4 } } }
                                                                                                                ~ ^^^^^^^^^^^^^^^^^^^^^^^ image-program-missing: kubectl: registry.k8s.io/kubectl has no bash, which MySQL runs in it (Job that generates the secrets): use an image that has bash, such as docker.io/bitnamilegacy/kubectl
        deploykf_minio: { enabled: true, rootUser: { generateSecret: true }, images: { kubectl: { repository: r.example.com/k8s.gcr.io/kubectl, tag: "v1.31.0" } } }
                                                                                                            ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-program-missing: kubectl: k8s.gcr.io/kubectl has no bash, which MinIO runs in it (Job that generates the secrets, and the Job that creates service accounts): use an image that has bash, such as docker.io/bitnamilegacy/kubectl
      deploykf_core:
        deploykf_auth: { images: { kubectl: { repository: registry.k8s.io/kubectl, tag: v1.29.0-alpha.1 } }, oauth2Proxy: { cookie: { secret: { generateSecret: true } } } }
      `,
      { codes, registry },
    ));

  describe('in the clean-up jobs of Kyverno', () => {
    const text = (repository: string, more = ''): string =>
      `deploykf_dependencies: { kyverno: { images: { kubectl: { repository: ${repository}, tag: v1.33.4 } }${more} } }\n`;
    const chart = (version: string): string => `, charts: { kyverno: { version: ${version} } }`;
    const jobs = (one: string, other: string): string =>
      `, valuesOverrides: { kyverno: { cleanupJobs: { admissionReports: { enabled: ${one} }, clusterAdmissionReports: { enabled: ${other} } } } }`;
    const found = (repository: string, more?: string, release = '0.1.5'): readonly string[] =>
      messages(text(repository, more), { codes, registry, release });

    it('reports an image without the shell that the chart runs', () => {
      const said = (image: string, shell: string): readonly string[] => [
        `kubectl: ${image} has no ${shell}, which Kyverno runs in it (CronJobs that clean up admission reports, every ten minutes): use an image that has ${shell}, such as docker.io/bitnamilegacy/kubectl`,
      ];
      const rancher = 'docker.io/rancher/kubectl';
      assert.deepEqual(found('rancher/kubectl'), said(rancher, 'sh'));
      assert.deepEqual(found('r.example.com/docker.io/rancher/kubectl'), said(rancher, 'sh'));
      assert.deepEqual(found('rancher/kubectl', '', '0.1.0'), said(rancher, 'sh'));
      assert.deepEqual(found('registry.k8s.io/kubectl'), said('registry.k8s.io/kubectl', 'sh'));
      assert.deepEqual(found('rancher/kubectl', chart('3.1.5')), said(rancher, 'sh'));
      assert.deepEqual(found('alpine/kubectl', chart('3.2.0')), said('docker.io/alpine/kubectl', 'bash'));
      assert.deepEqual(found('rancher/kubectl', jobs('false', 'true')), said(rancher, 'sh'));
    });

    it('stays silent where it has it, and where the jobs are off, gone or not known', () => {
      const none = (repository: string, more?: string): void => assert.deepEqual(found(repository, more), []);
      none('alpine/kubectl');
      none('rancher/kubectl', jobs('false', 'false'));
      none('rancher/kubectl', chart('3.2.0') + jobs('false', 'false'));
      none('rancher/kubectl', chart('3.3.0'));
      none('rancher/kubectl', chart('">= 3.0.0"'));
      none('rancher/kubectl', ', valuesOverrides: "kyverno: { cleanupJobs: {{< .Values.jobs >}} } # image"');
    });
  });

  it('knows it of the first release', () =>
    check(
      `
      deploykf_opt:
        deploykf_minio:
          enabled: true
          rootUser: { generateSecret: true }
          images:
            kubectl: { repository: docker.io/alpine/kubectl }
                                 ~ ^^^^^^^^^^^^^^^^^^^^^^^^ image-program-missing: kubectl: docker.io/alpine/kubectl has no bash, which MinIO runs in it (Job that generates the secrets, and the Job that creates service accounts): use an image that has bash, such as docker.io/bitnamilegacy/kubectl
      `,
      { codes, release: '0.1.0' },
    ));

  it('stays silent for others, without the policy, and where nothing is generated', () => {
    check(
      `
      deploykf_core:
        deploykf_auth:
          images: { kubectl: { repository: alpine/k8s, tag: 1.33.4 }, dex: { repository: alpine/kubectl } }
      deploykf_dependencies: { kyverno: { images: { kubectl: { repository: alpine/kubectl } } } }
      deploykf_opt:
        deploykf_mysql: { enabled: true, kubeflowUser: { generateSecret: true }, images: { kubectl: { repository: r.example.com/docker.io/rancher/kubectl } } }
        deploykf_minio:
          enabled: true
          rootUser: { generateSecret: false }
          images: { kubectl: { repository: alpine/kubectl } }
      `,
      { codes },
    );
    check(
      '\ndeploykf_core: { deploykf_auth: { enabled: false, images: { kubectl: { repository: alpine/kubectl } } } }\n',
      { codes },
    );
    check(
      '\ndeploykf_core: { deploykf_auth: { images: { kubectl: { repository: "{{ alpine/kubectl }}" } } } }\n',
      { codes },
    );
  });
});
