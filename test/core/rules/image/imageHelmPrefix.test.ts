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
});
