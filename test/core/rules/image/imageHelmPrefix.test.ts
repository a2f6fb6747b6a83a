import { check, fix } from '../../../support/fixture.ts';

const codes = ['image-helm-prefix'];
const options = { codes, release: '0.1.1' };
const kyverno = (text: string): string => `\ndeploykf_dependencies: { kyverno: { ${text} } }\n`;
const images = 'images: { kyverno: { repository: r.example.com/kyverno/kyverno } }';

describe('image-helm-prefix', () => {
  it('says what Helm of that time makes of a private repository', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          images:
            kyverno: { repository: r.example.com/kyverno/kyverno } # private
                                 ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-helm-prefix: "ghcr.io/r.example.com/kyverno/kyverno:v1.10.0" will be pulled with Helm 3.11 and 3.12: set "deploykf_dependencies.kyverno.valuesOverrides.kyverno.admissionController.container.image.registry" to ""
            kyvernoReportsController: { repository: "localhost:5000/reports" }
                                                  ~ ^^^^^^^^^^^^^^^^^^^^^^^^ image-helm-prefix: "ghcr.io/localhost:5000/reports:v1.10.0" will be pulled with Helm 3.11 and 3.12: set "deploykf_dependencies.kyverno.valuesOverrides.kyverno.reportsController.image.registry" to ""
            kubectl: { repository: r.example.com/bitnami/kubectl }
      `,
      options,
    ));

  it('is gone with an empty registry in valuesOverrides, which other findings accept', () => {
    fix(
      `
      deploykf_dependencies:
        kyverno:
          images:
            kyverno:
              repository: r.example.com/kyverno/kyverno
            kyvernoInit:
              repository: r.example.com/kyverno/kyvernopre
      `,
      `
      deploykf_dependencies:
        kyverno:
          images:
            kyverno:
              repository: r.example.com/kyverno/kyverno
            kyvernoInit:
              repository: r.example.com/kyverno/kyvernopre
          valuesOverrides:
            kyverno:
              admissionController:
                container:
                  image:
                    registry: ""
                initContainer:
                  image:
                    registry: ""
      `,
      { ...options, title: /^Set the registry/ },
    );
    check(
      kyverno(
        `${images}, valuesOverrides: { kyverno: { admissionController: { container: { image: { registry: "" } } } } }`,
      ),
      {
        codes: [
          ...codes,
          'image-override-ignored',
          'image-public',
          'image-reference-invalid',
          'value-unknown',
        ],
        registry: { rules: [{ source: 'ghcr.io/kyverno', target: 'r.example.com/kyverno' }] },
        release: '0.1.1',
      },
    );
  });

  it('stays silent in later releases, with other charts, and while Kyverno is off', () => {
    check(kyverno(images), { codes, release: '0.1.2' });
    check(kyverno(images), { codes });
    for (const more of ['charts: { kyverno: { version: 3.1.0 } }', 'enabled: false'])
      check(kyverno(`${more}, ${images}`), options);
  });

  for (const overrides of [
    '"kyverno: {}"',
    '{ kyverno: { admissionController: { container: { image: { registry: x } } } } }',
  ]) {
    it(`stays silent where overrides may set it: ${overrides}`, () =>
      check(kyverno(`${images}, valuesOverrides: ${overrides}`), options));
  }

  for (const repository of ['kyverno/kyverno', '"{{ x }}/kyverno"', '~', '""']) {
    it(`stays silent for ${repository}`, () =>
      check(kyverno(`images: { kyverno: { repository: ${repository} } }`), options));
  }

  it('stays silent for the defaults', () => check('\ndeploykf_core: {}\n', options));

  describe('of a registry in valuesOverrides', () => {
    const registry = { rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] };
    const webhook = (text: string): string => `
      deploykf_dependencies:
        cert_manager:
          images:
            certManagerWebhook:
              repository: r.example.com/quay.io/jetstack/cert-manager-webhook
          valuesOverrides:
            cert-manager: { ${text}installCRDs: true }
      `;

    it('says that the repository has one, instead of what the policy makes of both, and removes it', () => {
      check(
        `
        deploykf_dependencies:
          cert_manager:
            images: { certManagerWebhook: { repository: r.example.com/quay.io/jetstack/cert-manager-webhook } }
            valuesOverrides: { cert-manager: { webhook: { image: { registry: quay.io } } } }
                                                                           ~ ^^^^^^^ image-helm-prefix: "quay.io/r.example.com/quay.io/jetstack/cert-manager-webhook:v1.12.10" will be pulled: the chart puts "quay.io" before the repository, which has a registry: remove this one
        `,
        { registry, codes: ['image-helm-prefix', 'image-public'] },
      );
      for (const host of ['quay.io', 'r.example.com', 'docker.io'])
        fix(webhook(`webhook: { image: { registry: ${host} } }, `), webhook(''), { registry, codes });
    });

    it('needs no policy where the same registry comes twice', () => {
      const text = 'image: { registry: r.example.com, repository: r.example.com/c }, ';
      fix(webhook(text), webhook('image: { repository: r.example.com/c }, '), { codes });
    });

    it('leaves a mirror that keeps repositories below their registries', () =>
      check(
        `
        deploykf_dependencies:
          cert_manager:
            valuesOverrides: { cert-manager: { webhook: { image: { registry: r.example.com } } } }
        `,
        { registry, codes: ['image-helm-prefix', 'image-public'] },
      ));

    it('is said once of one that all images of Kyverno share, and offered where some of them need it', () => {
      const version = 'charts: { kyverno: { version: 3.2.6 } }';
      check(
        `
        deploykf_dependencies:
          kyverno:
            charts: { kyverno: { version: 3.2.6 } }
            images: { kyverno: { repository: r.example.com/k }, kyvernoInit: { repository: r.example.com/p } }
            valuesOverrides: { kyverno: { global: { image: { registry: r.example.com } } } }
                                                                     ~ ^^^^^^^^^^^^^ image-helm-prefix: "r.example.com/r.example.com/k:v1.12.5" will be pulled: the chart puts "r.example.com" before the repository, which has a registry: remove this one
        `,
        { codes },
      );
      const text = kyverno(
        `${version}, images: { kyverno: { repository: r.example.com/k } }, valuesOverrides: { kyverno: { global: { image: { registry: r.example.com } } } }`,
      );
      fix(text, text, { codes });
    });

    it('is at the key of a text, where it is not removed', () =>
      check(
        `
        deploykf_dependencies:
          cert_manager:
            valuesOverrides: "cert-manager: { image: { registry: r.example.com, repository: r.example.com/c } }"
          ~ ^^^^^^^^^^^^^^^ image-helm-prefix: "r.example.com/r.example.com/c:v1.12.10" will be pulled: the chart puts "r.example.com" before the repository, which has a registry: remove this one
        `,
        { codes },
      ));
  });
});
