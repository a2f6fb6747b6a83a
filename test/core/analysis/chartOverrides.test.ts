import assert from 'node:assert/strict';
import { pulledReference } from '../../../server/src/core/analysis/images.ts';
import { check, dedent, fix, fixTitles } from '../../support/fixture.ts';
import { catalogs, viewOf } from '../../support/views.ts';

/** What is pulled for the image values of a component with these `valuesOverrides`, by label of its place. */
function pulled(component: string, overrides: string, release = '0.1.5'): Readonly<Record<string, string>> {
  const [group = '', name = ''] = component.split('.');
  const body = dedent(overrides).replace(/^(?=.)/gm, '      ');
  const view = viewOf([`${group}:\n  ${name}:\n    valuesOverrides:\n${body}`], { release });
  const changed = view.images.filter(
    entry => entry.override !== undefined || entry.path !== entry.image.path,
  );
  return Object.fromEntries(
    changed
      .filter(entry => entry.form !== 'item')
      .map(entry => [entry.path.slice(component.length + 1), pulledReference(entry) ?? '?']),
  );
}

describe('images that valuesOverrides set', () => {
  it('take each key that is there over the image value', () => {
    assert.deepEqual(pulled('deploykf_core.deploykf_auth', 'dex: { image: { tag: v2.41.1 } }'), {
      'images.dex': 'ghcr.io/dexidp/dex:v2.41.1',
    });
    assert.deepEqual(
      pulled('deploykf_opt.deploykf_mysql', 'mysql: { image: { repository: r.example.com/mysql } }'),
      { 'images.mysql': 'r.example.com/mysql:8.0.37' },
    );
  });

  it('put a registry before the repository, and a digest in the place of the tag', () => {
    assert.deepEqual(
      pulled(
        'deploykf_dependencies.cert_manager',
        `
        cert-manager:
          image: { registry: r.example.com, repository: jetstack/controller }
          webhook: { image: { digest: "sha256:${'a'.repeat(64)}" } }
        `,
      ),
      {
        'images.certManagerController': 'r.example.com/jetstack/controller:v1.12.10',
        'images.certManagerWebhook': `quay.io/jetstack/cert-manager-webhook@sha256:${'a'.repeat(64)}`,
      },
    );
  });

  it('are several where a chart reads the image at several places', () => {
    assert.deepEqual(
      pulled(
        'deploykf_dependencies.kyverno',
        'kyverno: { cleanupJobs: { clusterAdmissionReports: { image: { tag: "1.30" } } } }',
      ),
      {
        'valuesOverrides.kyverno.cleanupJobs.clusterAdmissionReports.image': 'docker.io/bitnami/kubectl:1.30',
      },
    );
    assert.deepEqual(
      pulled(
        'deploykf_dependencies.istio',
        'global: { proxy: { image: "r.example.com/proxyv2:1" }, proxy_init: { image: "r.example.com/init:1" } }',
      ),
      {
        'images.istioProxy': 'r.example.com/proxyv2:1',
        'valuesOverrides.global.proxy_init.image': 'r.example.com/init:1',
      },
    );
  });

  it('are completed by the hub, tag and variant of Istio where they are bare names', () => {
    const component = 'deploykf_dependencies.istio';
    assert.deepEqual(
      pulled(
        component,
        `
        global: { hub: r.example.com/istio, tag: 1.17.8-distroless, proxy: { image: proxyv2 }, proxy_init: { image: proxyv2 } }
        istio-daemon: { global: { hub: loses.example.com }, pilot: { hub: p.example.com, image: pilot } }
        `,
      ),
      {
        'images.istioProxy': 'r.example.com/istio/proxyv2:1.17.8-distroless',
        'images.istioPilot': 'p.example.com/pilot:1.17.8-distroless',
      },
    );
    assert.deepEqual(
      pulled(
        component,
        `
        global: { variant: debug, proxy: { image: proxyv2 } }
        istio-daemon: { pilot: { image: pilot } }
        `,
      ),
      {
        'images.istioProxy': 'docker.io/istio/proxyv2:1.17.8-debug',
        'valuesOverrides.global.proxy_init.image': 'docker.io/istio/proxyv2:1.17.8-distroless',
        'images.istioPilot': 'docker.io/istio/pilot:1.17.8-debug',
      },
    );
  });

  it('are not known where Istio completes them to something that is no image', () => {
    const names = pulled('deploykf_dependencies.istio', 'global: { proxy: { image: "proxyv2:1.17.8" } }');
    assert.equal(names['images.istioProxy'], '?');
  });

  it('are what other images fall back to', () => {
    const images = pulled(
      'deploykf_dependencies.kyverno',
      'kyverno: { admissionController: { container: { image: { tag: v9 } } } }',
    );
    assert.deepEqual(images, { 'images.kyverno': 'ghcr.io/kyverno/kyverno:v9' });
    const view = viewOf([
      'deploykf_dependencies: { kyverno: { valuesOverrides: { kyverno: { admissionController: { container: { image: { tag: v9 } } } } } } }\n',
    ]);
    const init = view.images.find(({ path }) => path.endsWith('.kyvernoInit'));
    assert.equal(init && pulledReference(init), 'ghcr.io/kyverno/kyvernopre:v9');
  });

  it('follow the version of the chart', () => {
    const global = 'global: { image: { registry: r.example.com } }';
    assert.deepEqual(pulled('deploykf_dependencies.kyverno', global), {});
    const view = viewOf([
      `deploykf_dependencies: { kyverno: { charts: { kyverno: { version: 3.1.0 } }, valuesOverrides: { ${global} } } }\n`,
    ]);
    const kyverno = view.images.find(({ path }) => path.endsWith('.images.kyverno'));
    assert.equal(kyverno && pulledReference(kyverno), 'r.example.com/ghcr.io/kyverno/kyverno:v1.11.0');
  });

  it('are not known where the overrides are a text that may set them', () => {
    const view = viewOf([
      'deploykf_core: { deploykf_auth: { valuesOverrides: "dex: { image: { tag: {{< .Values.x >}} } }" } }\n',
    ]);
    const dex = view.images.find(({ path }) => path.endsWith('.images.dex'));
    assert.equal(dex?.templated, true);
    assert.equal(dex.rendered, undefined);
  });

  it('are those of a text that is no template, reported at its key', () => {
    const text = 'dex:\\n  image: { repository: docker.io/dexidp/dex, tag: v2.41.0 }\\n';
    const values = `deploykf_core: { deploykf_auth: { valuesOverrides: "${text}" } }\n`;
    const dex = viewOf([values]).images.find(({ path }) => path.endsWith('.images.dex'));
    assert.equal(dex && pulledReference(dex), 'docker.io/dexidp/dex:v2.41.0');
    check(
      `
      deploykf_core:
        deploykf_auth:
          valuesOverrides: |
        ~ ^^^^^^^^^^^^^^^ image-public: "docker.io/dexidp/dex" is public, the registry policy maps it to "r.example.com/docker.io/dexidp/dex"
            dex: { image: { repository: docker.io/dexidp/dex } }
      `,
      {
        codes: ['image-public'],
        registry: { rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] },
      },
    );
  });

  it('are left alone where the keys are not those of the chart', () => {
    assert.deepEqual(pulled('deploykf_core.deploykf_auth', 'image: { repository: r.example.com/x }'), {});
    assert.deepEqual(pulled('deploykf_dependencies.istio', 'pilot: { image: r.example.com/x:1 }'), {});
  });

  it('are facts about images and components that each release has', () => {
    const releases = catalogs.releases.flatMap(release => catalogs.of(release)?.catalog ?? []);
    const unknown = releases.flatMap(({ release, chartImages, components }) =>
      chartImages
        .filter(fact => !components.some(({ path, kind }) => path === fact.component && kind === 'helm'))
        .map(({ component }) => `${release} ${component}`),
    );
    assert.deepEqual(unknown, []);
    // Every image value of a Helm component has its place, so that no override goes unseen.
    const missing = releases.flatMap(({ release, images, components, chartImages }) =>
      images
        .filter(image => components.some(({ path, kind }) => path === image.component && kind === 'helm'))
        .filter(
          image =>
            !chartImages.some(({ component, image: name }) => image.path === `${component}.images.${name}`),
        )
        .map(({ path }) => `${release} ${path}`),
    );
    assert.deepEqual(missing, []);
  });
});

describe('rules about images that valuesOverrides set', () => {
  const registry = { rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] };

  it('report and rewrite a public one where it is written', () => {
    const text = `
      deploykf_dependencies:
        kyverno:
          valuesOverrides:
            kyverno:
              backgroundController:
                image:
                  repository: ghcr.io/kyverno/background-controller
                            ~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-public: "ghcr.io/kyverno/background-controller" is public, the registry policy maps it to "r.example.com/ghcr.io/kyverno/background-controller"
      `;
    check(text, { codes: ['image-public'], registry });
  });

  it('report what Istio completes, and write it whole', () => {
    const text = (proxy: string): string => `
      deploykf_dependencies:
        istio:
          valuesOverrides:
            global:
              tag: 1.17.8
              proxy:
                image: ${proxy}
      `;
    fix(text('proxyv2'), text('r.example.com/docker.io/istio/proxyv2:1.17.8'), {
      codes: ['image-public'],
      registry,
    });
  });

  it('do not write the tag of Istio that YAML does not read as written, nor say that there is none', () => {
    const text = `
      deploykf_dependencies:
        istio:
          valuesOverrides:
            istio-daemon:
              pilot:
                tag: 1.10
                image: pilot
                     ~ ^^^^^ image-public: "docker.io/istio/pilot" is public, the registry policy maps it to "r.example.com/docker.io/istio/pilot"
      `;
    const options = { codes: ['image-public', 'image-tag-mutable'], registry };
    check(text, options);
    assert.deepEqual(fixTitles(text, options), []);
    assert.deepEqual(fixTitles(text.replace('1.10', '1.18.1'), options), [
      'Rewrite to r.example.com/docker.io/istio/pilot:1.18.1',
    ]);
  });

  it('rewrite registry and repository together', () => {
    fix(
      `
      deploykf_dependencies:
        cert_manager:
          valuesOverrides:
            cert-manager:
              image:
                registry: quay.io
                repository: jetstack/cert-manager-controller
      `,
      `
      deploykf_dependencies:
        cert_manager:
          valuesOverrides:
            cert-manager:
              image:
                registry: r.example.com
                repository: quay.io/jetstack/cert-manager-controller
      `,
      { codes: ['image-public'], registry },
    );
  });

  it('say that an image value has no effect', () => {
    check(
      `
      deploykf_core:
        deploykf_auth:
          images:
            dex:
              tag: v2.30.0
                 ~ ^^^^^^^ image-override-ignored: deploykf_core.deploykf_auth.images.dex.tag has no effect: "deploykf_core.deploykf_auth.valuesOverrides.dex.image" wins in what Helm renders
              pullPolicy: Always
          valuesOverrides:
            dex: { image: { tag: v2.41.0 } }
      `,
      { codes: ['image-override-ignored'] },
    );
  });
});
