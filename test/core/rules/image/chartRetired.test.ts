import assert from 'node:assert/strict';
import { check, fix, fixTitles } from '../../../support/fixture.ts';

const codes = ['chart-retired'];

describe('chart-retired', () => {
  it('says once a component that the default ends', () =>
    check(
      `
      deploykf_dependencies:
        istio: { enabled: true }
      ~ ^^^^^ chart-retired: deploykf_dependencies.istio: https://istio-release.storage.googleapis.com/charts will be removed in December 2026; https://blob.istio.io/istio-release/charts has the same charts (istioBase, istioDaemon)
      deploykf_core: {}
    ~ ^^^^^^^^^^^^^ chart-retired: deploykf_core.deploykf_istio_gateway: https://istio-release.storage.googleapis.com/charts will be removed in December 2026; https://blob.istio.io/istio-release/charts has the same charts (istioGateway)
      `,
      { codes },
    ));

  it('stands at what a user wrote', () =>
    check(
      `
      deploykf_dependencies:
        istio:
          charts:
            istioBase: { repository: "https://istio-release.storage.googleapis.com/charts/" } # as before
                                   ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ chart-retired: https://istio-release.storage.googleapis.com/charts/ will be removed in December 2026; https://blob.istio.io/istio-release/charts has the same charts
            istioDaemon: { repository: https://blob.istio.io/istio-release/charts }
      deploykf_core: { deploykf_istio_gateway: { enabled: false } }
      `,
      { codes },
    ));

  it('stays silent for other repositories, disabled components and templates', () =>
    check(
      `
      deploykf_dependencies:
        istio:
          charts:
            istioBase: { repository: https://charts.example.com/istio }
            istioDaemon: { repository: "https://istio-release.storage.googleapis.com/charts{{ x }}" }
      deploykf_core: { deploykf_istio_gateway: { enabled: false } }
      `,
      { codes },
    ));

  it('adds the overrides', () =>
    fix(
      `
      deploykf_dependencies:
        istio: # mesh
          charts: { istioBase: { version: 1.17.8 } }
      `,
      `
      deploykf_dependencies:
        istio: # mesh
          charts: { istioBase: { version: 1.17.8, repository: https://blob.istio.io/istio-release/charts }, istioDaemon: {repository: https://blob.istio.io/istio-release/charts} }
      deploykf_core:
        deploykf_istio_gateway:
          charts:
            istioGateway:
              repository: https://blob.istio.io/istio-release/charts
      `,
      { codes, title: /^Use/ },
    ));

  it('replaces what a user wrote', () =>
    fix(
      'deploykf_core:\r\n  deploykf_istio_gateway:\r\n    charts:\r\n      istioGateway:\r\n        repository: "https://istio-release.storage.googleapis.com/charts" # old\r\ndeploykf_dependencies: { istio: { enabled: false } }\r\n',
      'deploykf_core:\r\n  deploykf_istio_gateway:\r\n    charts:\r\n      istioGateway:\r\n        repository: "https://blob.istio.io/istio-release/charts" # old\r\ndeploykf_dependencies: { istio: { enabled: false } }\r\n',
      { codes },
    ));

  const old = 'https://istio-release.storage.googleapis.com/charts';
  const next = 'https://blob.istio.io/istio-release/charts';
  const place = 'oci://r.example.com/charts';
  const gateway = (repository: string): string =>
    `deploykf_core: { deploykf_istio_gateway: { charts: { istioGateway: { repository: "${repository}" } } } }\ndeploykf_dependencies: { istio: { enabled: false } }\n`;

  for (const mapped of [old, `${next}/`])
    it(`writes the place of the policy that maps ${mapped}, to whoever asks for it by name`, () => {
      const registry = { charts: { [mapped]: place } };
      assert.deepEqual(fixTitles(gateway(old), { codes, registry }), [`Use ${place}`]);
      fix(gateway(old), gateway(old), { codes, registry, title: /x-none/ });
      fix(gateway(old), gateway(place), { codes, registry, title: /^Use/ });
    });

  it('offers the place of the policy for the defaults', () =>
    fix(
      'deploykf_dependencies: { istio: { enabled: false } }\ndeploykf_core: {}\n',
      `deploykf_dependencies: { istio: { enabled: false } }\ndeploykf_core:\n  deploykf_istio_gateway:\n    charts:\n      istioGateway:\n        repository: ${place}\n`,
      { codes, registry: { charts: { [old]: place } }, title: /^Use/ },
    ));

  it('does not write a public place unasked where the policy maps other charts', () => {
    const registry = { charts: { 'https://charts.jetstack.io': place } };
    assert.deepEqual(fixTitles(gateway(old), { codes, registry }), [`Use ${next}`]);
    fix(gateway(old), gateway(old), { codes, registry, title: /x-none/ });
  });

  it('writes what takes the place of a repository that the policy accepts', () =>
    fix(gateway(old), gateway(next), { codes, registry: { charts: { [old]: null } } }));
});
