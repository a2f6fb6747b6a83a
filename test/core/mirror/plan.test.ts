import assert from 'node:assert/strict';
import samples from '../../../server/catalog/samples.json' with { type: 'json' };
import { mirrorPlan } from '../../../server/src/core/mirror/plan.ts';
import type { ImageCopy, MirrorPlan } from '../../../server/src/core/mirror/types.ts';
import { parsePolicy } from '../../../server/src/core/policy/parse.ts';
import { catalogs, viewOf } from '../../support/views.ts';
import { sharedFile } from '../../support/shared.ts';

const texts: Readonly<Record<string, Readonly<Record<string, unknown>>>> = samples;

interface Options {
  readonly release?: string;
  readonly registry?: unknown;
  readonly all?: boolean;
}

/** The plan of some values, by default of upstream's sample. */
function planOf(values: unknown, { release = '0.1.5', registry, all = false }: Options = {}): MirrorPlan {
  const policy = registry === undefined ? undefined : parsePolicy(registry).policy;
  const view = viewOf([JSON.stringify(values)], { release, ...(policy && { policy }) });
  return mirrorPlan(view, { stack: 'prod', all });
}

function sampleOf(release: string): unknown {
  return texts[release]?.['sample-values.yaml'];
}

/** What the release names, as the research counts: without the images of the plugin. */
function namesOf({ copies }: MirrorPlan): ReadonlySet<string> {
  const own = copies.filter(copy => copy.class !== 'plugin');
  return new Set(own.map(({ source, replaces }) => replaces ?? source));
}

function copyOf(plan: MirrorPlan, path: string): ImageCopy | undefined {
  return plan.copies.find(({ paths }) => paths.includes(path));
}

const upstreamHost = { rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] };
const dex = 'deploykf_core.deploykf_auth.images.dex';
const kubectl = 'deploykf_core.deploykf_auth.images.kubectl';
const mysql = { deploykf_opt: { deploykf_mysql: { enabled: true } } };

describe('the plan of a mirror', () => {
  it('has as many images for the samples of each release as were rendered', () => {
    const sets = catalogs.releases.map(release => namesOf(planOf(sampleOf(release), { release })));
    assert.deepEqual(
      sets.map(({ size }) => size),
      [79, 79, 79, 79, 79, 81],
    );
    const changes = sets.slice(1).map((names, index) => {
      const before = sets[index] ?? new Set();
      const added = [...names].filter(name => !before.has(name)).length;
      return [added, before.size - (names.size - added)];
    });
    assert.deepEqual(changes, [
      [2, 2],
      [0, 0],
      [1, 1],
      [0, 0],
      [38, 36],
    ]);
  });

  for (const release of ['0.1.2', '0.1.5']) {
    it(`has what real Helm and Kustomize render for ${release}, and what no renderer finds`, function () {
      const text = sharedFile(`rendered/truth-${release}.json`);
      if (text === undefined) this.skip();
      const { images, inPlanNotRendered } = JSON.parse(text) as Record<string, readonly { image: string }[]>;
      const truth = [...(images ?? []), ...(inPlanNotRendered ?? [])].map(({ image }) => image);
      const names = namesOf(planOf(sampleOf(release), { release }));
      assert.deepEqual([...names].sort(), [...new Set(truth)].sort());
    });
  }

  it('has sources and targets, what uses them, and why they have their tag', () => {
    const copy = copyOf(planOf({}, { registry: upstreamHost }), dex);
    assert.deepEqual(copy, {
      source: 'ghcr.io/dexidp/dex:v2.39.1',
      target: 'r.example.com/ghcr.io/dexidp/dex:v2.39.1',
      pushTarget: 'r.example.com/ghcr.io/dexidp/dex:v2.39.1',
      class: 'deployed',
      component: 'deploykf_core.deploykf_auth',
      paths: [dex],
      isHidden: false,
      locked: undefined,
      choices: [],
      reason: 'the default of the release',
      retired: undefined,
      replaces: undefined,
    });
  });

  it('is the list of upstream images without a policy', () => {
    const plan = planOf({});
    assert.ok(plan.copies.length > 30);
    assert.ok(plan.copies.every(({ target }) => target === undefined));
  });

  it('leads what is private already back to where it comes from', () => {
    const values = {
      deploykf_core: {
        deploykf_auth: { images: { dex: { repository: 'r.example.com/ghcr.io/dexidp/dex' } } },
      },
    };
    const copy = copyOf(planOf(values, { registry: upstreamHost }), dex);
    assert.deepEqual(
      [copy?.source, copy?.target],
      ['ghcr.io/dexidp/dex:v2.39.1', 'r.example.com/ghcr.io/dexidp/dex:v2.39.1'],
    );
  });

  it('lists what cannot be copied as it is known now', () => {
    const values = {
      deploykf_core: {
        deploykf_auth: {
          images: { dex: { repository: 'r.example.com/own/dex' }, oauth2Proxy: { tag: '${TAG}' } },
        },
      },
      deploykf_dependencies: { kyverno: { charts: { kyverno: { version: '^3' } } } },
    };
    const { unresolved } = planOf(values, {
      registry: { rules: [{ source: 'docker.io', target: 'r.example.com/hub' }] },
    });
    const reasons = unresolved.map(({ reference, reason }) => `${reference}: ${reason}`);
    assert.deepEqual(reasons.slice(0, 1), ['docker.io/bitnami/kubectl: its tag is not known']);
    assert.deepEqual(reasons.slice(-2), [
      'r.example.com/own/dex:v2.39.1: it is private, and the policy does not say where it comes from',
      'quay.io/oauth2-proxy/oauth2-proxy: another tool fills it in',
    ]);
  });

  it('says of overrides that are wrong that they are, and not that another tool fills them in', () => {
    for (const valuesOverrides of [{ 'cert-manager': { webhook: 5 } }, 'cert-manager: [image']) {
      const { unresolved } = planOf({ deploykf_dependencies: { cert_manager: { valuesOverrides } } }, {});
      const found = unresolved.find(({ reference }) => reference.endsWith('cert-manager-webhook'));
      assert.equal(found?.reason, 'its valuesOverrides are not what the chart takes');
    }
  });

  it('copies from what takes the place of an image that is gone', () => {
    const copy = copyOf(planOf({}, { registry: upstreamHost }), kubectl);
    assert.deepEqual(
      [copy?.source, copy?.replaces, copy?.target],
      [
        'docker.io/bitnamilegacy/kubectl:1.26.15-debian-12-r4',
        'docker.io/bitnami/kubectl:1.26.15-debian-12-r4',
        'r.example.com/docker.io/bitnamilegacy/kubectl:1.26.15-debian-12-r4',
      ],
    );
  });

  it('has only what components pull that are on, or all', () => {
    const path = 'deploykf_opt.deploykf_mysql.images.mysql';
    assert.equal(copyOf(planOf({}), path), undefined);
    assert.equal(copyOf(planOf(mysql), path)?.source, 'docker.io/library/mysql:8.0.37');
    assert.equal(copyOf(planOf({}, { all: true }), path)?.class, 'deployed');
  });

  it('copies through another host where the policy names one, and leaves out what may stay public', () => {
    const registry = {
      pushTo: 'push.example.com',
      rules: [{ source: 'ghcr.io', target: null }, ...upstreamHost.rules],
    };
    const plan = planOf(mysql, { registry });
    assert.equal(copyOf(plan, dex), undefined);
    const copy = copyOf(plan, 'deploykf_opt.deploykf_mysql.images.mysql');
    assert.equal(copy?.target, 'r.example.com/docker.io/library/mysql:8.0.37');
    assert.equal(copy.pushTarget, 'push.example.com/docker.io/library/mysql:8.0.37');
  });

  it('says what stands in the way: two sources for one target, and what a product cannot hold', () => {
    const shared = planOf(
      {},
      { registry: { rules: [{ source: '*', target: 'r.example.com/all', path: 'last' }] } },
    );
    assert.ok(
      shared.refused.some(reason => reason.includes('would share')),
      shared.refused.join('\n'),
    );
    const deep = planOf(
      {},
      { registry: { rules: [{ source: '*', target: 'docker.io/me/{registry}/{path}' }] } },
    );
    assert.ok(deep.refused.some(reason => reason.includes('Docker Hub allows account/name')));
    assert.deepEqual(planOf({}, { registry: upstreamHost }).refused, []);
  });

  it('knows the tags that users may choose, and what changes an image all the same', () => {
    const { copies } = planOf({ kubeflow_tools: { pipelines: { enabled: true } } });
    const viewer = copies.find(({ source }) => source === 'docker.io/tensorflow/tensorflow:2.2.2');
    assert.equal(viewer?.choices.length, 11);
    assert.ok(viewer.choices.includes('1.7.1') && !viewer.choices.includes('2.2.2'));
    const istio = copies.find(({ source }) => source === 'docker.io/library/busybox:1.28');
    assert.match(
      istio?.reason ?? '',
      /; only deploykf_dependencies\.istio\.valuesOverrides\.\S+ changes it$/,
    );
  });

  it('has the Helm charts that are fetched, and the archive of the generator', () => {
    const url = 'https://charts.jetstack.io';
    const { charts, files } = planOf(
      {},
      { registry: { ...upstreamHost, charts: { [url]: 'oci://r.example.com/charts' } } },
    );
    assert.deepEqual(charts[0], {
      name: 'cert-manager',
      version: '1.12.10',
      repository: url,
      target: 'oci://r.example.com/charts',
      paths: ['deploykf_dependencies.cert_manager.charts.certManager'],
    });
    assert.deepEqual(
      charts.slice(1).map(({ name }) => name),
      ['base', 'istiod', 'kyverno', 'gateway'],
    );
    assert.deepEqual(files, ['deploykf-0.1.5-generator.zip']);
  });

  it('has the same charts after they come from the private place', () => {
    const [jetstack, istio, place] = [
      'https://charts.jetstack.io',
      'https://blob.istio.io/istio-release/charts',
      'oci://r.example.com/charts',
    ];
    const registry = { charts: { [`${jetstack}/`]: place, [istio]: place } };
    const fetched = { repository: place };
    const values = {
      deploykf_dependencies: {
        cert_manager: { charts: { certManager: fetched } },
        istio: { charts: { istioBase: fetched, istioDaemon: fetched } },
      },
      deploykf_core: { deploykf_istio_gateway: { charts: { istioGateway: fetched } } },
    };
    const before = planOf({}, { registry }).charts;
    assert.deepEqual(planOf(values, { registry }).charts, before);
    assert.deepEqual(
      before.map(({ name, repository, target }) => [name, repository, target]),
      [
        ['cert-manager', jetstack, place],
        ['base', istio, place],
        ['istiod', istio, place],
        ['kyverno', 'https://kyverno.github.io/kyverno', undefined],
        ['gateway', istio, place],
      ],
    );
  });
});
