import assert from 'node:assert/strict';
import { ask, labels, listed, taken } from '../../support/completing.ts';

const registry = { rules: [{ source: '*', target: 'registry.example.com/{registry}/{path}' }] };

const image = (component: string, name: string, lines: string): string =>
  `${component.replace('.', ':\n  ')}:\n    images:\n      ${name}:\n        ${lines}\n`;
const dex = (lines: string): string => image('deploykf_core.deploykf_auth', 'dex', lines);
const proxy = (lines: string): string => image('deploykf_dependencies.istio', 'istioProxy', lines);
const kubectl = (lines: string): string => image('deploykf_core.deploykf_auth', 'kubectl', lines);

describe('completion of repositories', () => {
  it('offers the default', () =>
    assert.deepEqual(listed(ask(dex('repository: $0'))), ['ghcr.io/dexidp/dex: default']));

  it('offers the target by policy first, then what other layers have', () =>
    assert.deepEqual(
      listed(ask(dex('repository: re$0'), { registry, below: dex('repository: quay.io/acme/dex') })),
      [
        'registry.example.com/quay.io/acme/dex: by the rule for "*"',
        'registry.example.com/ghcr.io/dexidp/dex: by the rule for "*"',
        'quay.io/acme/dex: in 0.yaml',
        'ghcr.io/dexidp/dex: default',
      ],
    ));

  it('offers what takes the place of a repository that is gone, also by policy', () => {
    assert.deepEqual(listed(ask(kubectl('repository: $0'))), [
      'docker.io/bitnamilegacy/kubectl: takes the place of docker.io/bitnami/kubectl',
      'docker.io/bitnami/kubectl: default, was removed from Docker Hub on 2025-09-29',
    ]);
    assert.equal(
      labels(kubectl('repository: $0'), { registry })[0],
      'registry.example.com/docker.io/bitnamilegacy/kubectl',
    );
  });

  it('does not offer what is typed itself', () =>
    assert.deepEqual(labels(dex('repository: ghcr.io/own/d$0')), ['ghcr.io/dexidp/dex']));

  it('takes the place of what is there', () =>
    assert.equal(
      taken(dex('repository: "ghcr.io/o$0ld" # why'), 'ghcr.io/dexidp/dex'),
      dex('repository: "ghcr.io/dexidp/dex" # why'),
    ));

  it('does not offer logins and templates', () => {
    assert.deepEqual(labels(dex('repository: $0'), { below: dex('repository: user:pass@x.io/dex') }), [
      'ghcr.io/dexidp/dex',
    ]);
    assert.deepEqual(labels(dex('repository: $0'), { below: dex('repository: "{{ host }}/dex"') }), [
      'ghcr.io/dexidp/dex',
    ]);
  });
});

describe('completion of tags', () => {
  it('offers what is pulled where none is written, with its reason', () => {
    assert.deepEqual(listed(ask(proxy('tag: $0'))), [
      '1.17.8-distroless: by charts.istioDaemon.version and defaultImageVariant',
    ]);
    assert.deepEqual(listed(ask(image('kubeflow_tools.katib', 'katibUi', 'tag: v$0'))), [
      'v0.15.0: built into the kustomization of 0.1.5',
    ]);
  });

  it('says that what takes the place of an image has the tag', () =>
    assert.deepEqual(listed(ask(kubectl('tag: $0'))), [
      '1.26.15-debian-12-r4: default, also in docker.io/bitnamilegacy/kubectl',
    ]));

  it('offers the tags of the release and of other layers', () =>
    assert.deepEqual(listed(ask(dex('tag: $0'), { below: dex('tag: v2.40.0') })), [
      'v2.40.0: in 0.yaml',
      'v2.39.1: default',
    ]));

  it('quotes what YAML would read otherwise', () =>
    assert.equal(taken(dex('tag: $0'), '1.10', { below: dex('tag: "1.10"') }), dex('tag: "1.10"')));

  it('works in brackets, without a blank and in half-typed YAML', () => {
    assert.equal(
      taken('deploykf_core: {deploykf_auth: {images: {dex: {tag: $0}}}}\n', 'v2.39.1'),
      'deploykf_core: {deploykf_auth: {images: {dex: {tag: v2.39.1}}}}\n',
    );
    assert.equal(taken(dex('tag:$0'), 'v2.39.1'), dex('tag: v2.39.1'));
    assert.deepEqual(labels(`${dex('tag: $0')}kubeflow_tools: [ {\n  x: "\n`), ['v2.39.1']);
  });
});

describe('completion of images that are one text', () => {
  const pipelines = (lines: string): string => `kubeflow_tools:\n  pipelines:\n    kfpV2:\n      ${lines}\n`;
  const notebooks = (lines: string): string =>
    `kubeflow_tools:\n  notebooks:\n    spawnerFormDefaults:\n      imageGroupTwo:\n        ${lines}\n`;
  const rstudio = 'kubeflownotebookswg/rstudio-tidyverse:v1.8.0';

  it('offers the target and the default with their tags', () =>
    assert.deepEqual(listed(ask(pipelines('driverImage: $0'), { registry })), [
      'registry.example.com/ghcr.io/deploykf/kubeflow-pipelines/kfp-driver:2.1.0-deploykf.0: by the rule for "*"',
      'ghcr.io/deploykf/kubeflow-pipelines/kfp-driver:2.1.0-deploykf.0: default',
    ]));

  it('offers options that the list does not have yet', () => {
    assert.deepEqual(labels(notebooks('options:\n          - $0')), [rstudio]);
    assert.deepEqual(labels(notebooks(`options:\n          - ${rstudio}\n          - $0`)), []);
    assert.equal(taken(notebooks('options: [$0]'), rstudio), notebooks(`options: [${rstudio}]`));
    assert.equal(
      taken(notebooks('options:\n          $0'), rstudio),
      notebooks(`options:\n          - ${rstudio}`),
    );
  });

  it('offers the options of the file as the value', () =>
    assert.deepEqual(listed(ask(notebooks('options: [acme.io/r:1]\n        value: $0'))), [
      `${rstudio}: default`,
      'acme.io/r:1: in 0.yaml',
    ]));
});

describe('completion of whole images', () => {
  const istio = (lines: string): string => `deploykf_dependencies:\n  istio:\n    images:\n${lines}`;

  it('writes a block with repository and tag', () =>
    assert.equal(
      taken(istio('      is$0\n'), 'istioProxy', { registry }),
      istio(
        '      istioProxy:\n        repository: registry.example.com/docker.io/istio/proxyv2\n        tag: 1.17.8-distroless\n',
      ),
    ));

  it('says what it is, and what for', () => {
    const asked = ask(istio('      $0\n'));
    assert.deepEqual(listed(asked), [
      'istioProxy: docker.io/istio/proxyv2:1.17.8-distroless',
      'istioPilot: docker.io/istio/pilot:1.17.8-distroless',
    ]);
    assert.match(asked.items[1]?.more ?? '', /^Used for Deployment istiod/);
  });

  it('says which component a section is of', () =>
    assert.deepEqual(listed(ask('deploykf_dependencies:\n  $0\n')), [
      'cert_manager: cert-manager',
      'istio: Istio',
      'kyverno: Kyverno',
    ]));

  it('writes the key alone in brackets, and in an editor without snippets', () => {
    const inBrackets = 'deploykf_dependencies: {istio: {images: {$0}}}\n';
    assert.equal(taken(inBrackets, 'istioPilot'), inBrackets.replace('$0', 'istioPilot: '));
    assert.equal(taken(istio('      $0\n'), 'istioPilot', { inLine: true }), istio('      istioPilot:\n'));
  });

  it('does not offer an image twice', () =>
    assert.deepEqual(labels(istio('      istioProxy: {}\n      $0\n')), ['istioPilot']));
});
