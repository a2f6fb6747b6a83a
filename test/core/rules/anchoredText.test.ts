import { check, fix } from '../../support/fixture.ts';

const options = { registry: { rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] } };
const codes = [
  'image-public',
  'image-pull-policy-invalid',
  'image-reference-invalid',
  'image-repository-has-tag',
  'image-tag-missing',
  'image-tag-type',
  'image-unknown',
  'value-type',
];

describe('text that an alias brings from below a key of the user', () => {
  it('is reported where it is written, as if it stood in the place of the alias', () =>
    check(
      `
      x-images:
        istio: &istio
          istioProxy: { repository: "docker.io/istio/proxyv2:1.2" }
                                                          ~ ^^^^ image-repository-has-tag: The repository contains a tag, so the image "docker.io/istio/proxyv2:1.2:1.17.8-distroless" is not valid: move it to the tag
          istioPilot: { repository: docker.io/istio/Pilot, tag: 1.10 }
                                                  ~ ^^^^^ image-reference-invalid: "Pilot" has upper-case letters: write "pilot"
                                                              ~ ^^^^ image-tag-type: YAML reads this tag as the number 1.1, deployKF pulls "Pilot:%!s(float64=1.1)": quote it
          istioPilto: {}
        ~ ^^^^^^^^^^ image-unknown: 0.1.5 has no image "istioPilto", did you mean "istioPilot"?
        dashboard: &dashboard
          repository: ghcr.io/deploykf/dashboard
                    ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^ image-public: "ghcr.io/deploykf/dashboard" is public, the registry policy maps it to "r.example.com/ghcr.io/deploykf/dashboard"
          tag: [1]
        ~ ^^^ value-type: "deploykf_core.deploykf_dashboard.images.dashboard.tag" must be a string, not a list: no valid image is deployed
          pullPolicy: always
                    ~ ^^^^^^ image-pull-policy-invalid: "always" is not a pull policy, Kubernetes refuses the Pod: did you mean "Always"?
        dex: &dex { repository: r.example.com/ghcr.io/dexidp/dex, tag: "", digest: x }
                                                                     ~ ^^ image-tag-missing: "dex:" will be deployed, which is not a valid image: the chart of 0.1.5 has no default for this tag, set one
                                                                         ~ ^^^^^^ image-unknown: deployKF ignores "digest" of an image: its keys are repository, tag and pullPolicy
      deploykf_dependencies:
        istio: { images: *istio }
      deploykf_core:
        deploykf_auth:
          images: { dex: *dex }
        deploykf_dashboard:
          images: { dashboard: *dashboard }
      `,
      { ...options, codes },
    ));

  it('is rewritten there, once for all images that have it', () =>
    fix(
      `
      x-kubectl: &kubectl
        repository: docker.io/bitnamilegacy/kubectl
      deploykf_dependencies:
        kyverno: { images: { kubectl: *kubectl } }
      deploykf_core:
        deploykf_auth: { images: { kubectl: { <<: *kubectl, pullPolicy: Always } } }
      `,
      `
      x-kubectl: &kubectl
        repository: r.example.com/docker.io/bitnamilegacy/kubectl
      deploykf_dependencies:
        kyverno: { images: { kubectl: *kubectl } }
      deploykf_core:
        deploykf_auth: { images: { kubectl: { <<: *kubectl, pullPolicy: Always } } }
      `,
      { ...options, codes: ['image-public'] },
    ));

  it('is corrected there, where all that have it take the same', () =>
    fix(
      `
      x-img: &dex {repository: docker.io/dexidp/Dex, tag: 2.40, pullPolicy: always}
      x-tag: &tag 1.20
      deploykf_core:
        deploykf_auth: { images: { dex: *dex, oauth2Proxy: { <<: *dex, repository: quay.io/oauth2-proxy/oauth2-proxy } } }
        deploykf_dashboard: { images: { dashboard: { tag: *tag }, kfamApi: { tag: *tag } } }
      deploykf_dependencies:
        istio: { charts: { istioDaemon: { version: *tag } } }
      `,
      `
      x-img: &dex {repository: docker.io/dexidp/dex, tag: "2.40", pullPolicy: Always}
      x-tag: &tag "1.20"
      deploykf_core:
        deploykf_auth: { images: { dex: *dex, oauth2Proxy: { <<: *dex, repository: quay.io/oauth2-proxy/oauth2-proxy } } }
        deploykf_dashboard: { images: { dashboard: { tag: *tag }, kfamApi: { tag: *tag } } }
      deploykf_dependencies:
        istio: { charts: { istioDaemon: { version: *tag } } }
      `,
      { codes: ['image-tag-type', 'image-reference-invalid', 'image-pull-policy-invalid'] },
    ));

  it('is left where something else has it, too', () => {
    const text = `
      x-img: &dex {repository: docker.io/dexidp/Dex, tag: 2.40, pullPolicy: always}
      x-number: &number 2
      deploykf_core:
        deploykf_auth: { images: { dex: *dex }, dex: { replicas: *number } }
        deploykf_dashboard: { images: { dashboard: { tag: *number } } }
      argocd: { plugin: *dex }
      `;
    fix(text, text, { codes: ['image-tag-type', 'image-reference-invalid', 'image-pull-policy-invalid'] });
  });

  it('takes missing images where one alias brings the map', () => {
    const text = (added: string): string => `
      x-images: &images
        dex:
          repository: r.example.com/ghcr.io/dexidp/dex
${added}      x-dashboard: &dashboard
        profileController: {}
      deploykf_core:
        deploykf_auth:
          images: *images
        deploykf_dashboard:
          images: *dashboard
      deploykf_opt:
        deploykf_minio:
          images: *dashboard
      `;
    const added =
      '        oauth2Proxy:\n          repository: r.example.com/quay.io/oauth2-proxy/oauth2-proxy\n';
    const rules = ['quay.io/oauth2-proxy', 'docker.io/kubeflownotebookswg'].map(source => ({
      source,
      target: 'r.example.com/{registry}/{path}',
    }));
    fix(text(''), text(added), { registry: { rules }, codes: ['image-not-overridden'] });
  });

  it('stays where another value has it, too', () => {
    const text = `
      x-repository: &repository
        repository: docker.io/bitnamilegacy/kubectl
      deploykf_dependencies:
        kyverno: { images: { kubectl: *repository } }
      argocd: { plugin: *repository }
      `;
    fix(text, text, { ...options, codes: ['image-public'] });
  });

  it('is not reported where everything that has it overrides it', () => {
    const own = { ...options, codes: ['value-type'] };
    check(
      `
      x-dex: &dex { tag: [1] }
      x-auth: &auth { <<: *dex, tag: [2] }
      deploykf_core: { deploykf_auth: { images: { dex: { <<: [*auth, *dex], tag: v1 } } } }
      `,
      own,
    );
    check(
      `
      x-dex: &dex
        tag: [1]
      ~ ^^^ value-type: "deploykf_core.deploykf_auth.images.oauth2Proxy.tag" must be a string, not a list: no valid image is deployed
      deploykf_core: { deploykf_auth: { images: { dex: { <<: *dex, tag: v1 }, oauth2Proxy: *dex } } }
      `,
      own,
    );
  });

  it('may have names that another of its places knows', () =>
    check(
      `
      x-images: &images { dashboard: {}, dex: {} }
      deploykf_core:
        deploykf_auth: { images: *images }
        deploykf_dashboard: { images: *images }
      `,
      { ...options, codes: ['image-unknown'] },
    ));
});
