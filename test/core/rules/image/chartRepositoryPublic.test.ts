import { check, fix } from '../../../support/fixture.ts';

const codes = ['chart-repository-public'];
const registry = {
  charts: {
    'https://charts.jetstack.io/': 'oci://r.example.com/charts',
    'https://blob.istio.io/istio-release/charts': 'https://charts.example.com/istio',
    'https://kyverno.github.io/kyverno': null,
  },
};

describe('chart-repository-public', () => {
  it('says once per component what no layer overrides, and where the one that takes its place is mapped', () =>
    check(
      `
      deploykf_dependencies:
    ~ ^^^^^^^^^^^^^^^^^^^^^ chart-repository-public: deploykf_dependencies.cert_manager: 1 Helm chart still comes from https://charts.jetstack.io, no layer overrides it (certManager)
        istio: { enabled: true }
      ~ ^^^^^ chart-repository-public: deploykf_dependencies.istio: 2 Helm charts still come from https://istio-release.storage.googleapis.com/charts, no layer overrides them (istioBase, istioDaemon)
      deploykf_core: { deploykf_istio_gateway: { enabled: false } }
      `,
      { codes, registry },
    ));

  it('is at what a layer says, with the version that an OCI registry has', () =>
    check(
      `
      deploykf_dependencies:
        istio: { enabled: false }
        cert_manager:
          charts:
            certManager:
              version: v1.12.10
              repository: https://Charts.jetstack.io # upstream
                        ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^ chart-repository-public: "https://Charts.jetstack.io" is public, the registry policy maps it to "oci://r.example.com/charts", where the version is "1.12.10" without "v"
      deploykf_core: { deploykf_istio_gateway: { enabled: false } }
      `,
      { codes, registry },
    ));

  it('says nothing without charts in the policy, of others, of components that are off, and of what is private', () => {
    const text = `
      deploykf_dependencies:
        istio: { enabled: false }
        cert_manager: { charts: { certManager: { repository: "oci://r.example.com/charts" } } }
        kyverno: { enabled: true }
      deploykf_core: { deploykf_istio_gateway: { charts: { istioGateway: { repository: "{{ x }}" } } } }
    `;
    check(text, { codes, registry });
    check('deploykf_dependencies: {}\n', {
      codes,
      registry: { rules: [{ source: '*', target: 'r.example.com' }] },
    });
    check('deploykf_dependencies: {}\n', { codes });
  });

  it('says nothing of defaults while a file does not parse', () =>
    check('deploykf_dependencies: {}\ndeploykf_core: { "x }\n', { codes, registry }));

  it('writes repository and version in place, also for CRLF and quotes', () =>
    fix(
      [
        'deploykf_dependencies:',
        '  istio: { enabled: false }',
        '  cert_manager:',
        '    charts:',
        '      certManager:',
        '        version: "v1.12.10" # as upstream writes it',
        "        repository: 'https://charts.jetstack.io'",
        'deploykf_core: { deploykf_istio_gateway: { enabled: false } }',
        '',
      ].join('\r\n'),
      [
        'deploykf_dependencies:',
        '  istio: { enabled: false }',
        '  cert_manager:',
        '    charts:',
        '      certManager:',
        '        version: "1.12.10" # as upstream writes it',
        "        repository: 'oci://r.example.com/charts'",
        'deploykf_core: { deploykf_istio_gateway: { enabled: false } }',
        '',
      ].join('\r\n'),
      { codes, registry },
    ));

  it('adds what no layer says, and keeps versions for a repository that is not of OCI', () =>
    fix(
      `
      deploykf_dependencies:
        cert_manager: { enabled: false }
        istio: # mesh
          charts: { istioBase: { version: v1.17.8 } }
      deploykf_core: { deploykf_istio_gateway: { enabled: false } }
      `,
      `
      deploykf_dependencies:
        cert_manager: { enabled: false }
        istio: # mesh
          charts: { istioBase: { version: v1.17.8, repository: https://charts.example.com/istio }, istioDaemon: {repository: https://charts.example.com/istio} }
      deploykf_core: { deploykf_istio_gateway: { enabled: false } }
      `,
      { codes, registry },
    ));

  it('does not write into a map that an alias uses, too', () => {
    const text = `
      shared: &charts { certManager: { version: 1.12.10 } }
      deploykf_dependencies:
        istio: { enabled: false }
        cert_manager:
          charts: *charts
      deploykf_core: { deploykf_istio_gateway: { enabled: false } }
    `;
    fix(text, text, { codes, registry, title: /x-none/ });
  });
});
