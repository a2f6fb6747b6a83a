import assert from 'node:assert/strict';
import {
  filterChoices,
  problemsOf,
  stackBranch,
  type ImagesFilter,
  type StackBranch,
} from '../../../server/src/core/features/imagesView.ts';
import { planKey } from '../../../server/src/core/mirror/verification.ts';
import { planOfStack } from '../../../server/src/core/mirror/plan.ts';
import { parsePolicy } from '../../../server/src/core/policy/parse.ts';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import type { VerifiedImage } from '../../../server/src/core/verify/types.ts';
import { root } from '../../support/stacks.ts';
import { catalogs } from '../../support/views.ts';

const everything = { rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] };

function world(text: string, registry?: unknown): Snapshot {
  const { policy } = parsePolicy(registry);
  const uri = `${root}values.yaml`;
  return Snapshot.of({
    catalogs,
    folders: [{ uri: root, settings: { ...noSettings, release: '0.1.5', policy }, project: undefined }],
    files: new Map([[uri, new ValuesFile(uri, text)]]),
  });
}

function branchOf(snapshot: Snapshot, filter: ImagesFilter = {}): StackBranch | undefined {
  const [plan] = snapshot.plans;
  return plan && stackBranch(snapshot, plan, filter);
}

/** The components with these titles, and their images by what matters most. */
function print(snapshot: Snapshot, filter: ImagesFilter, titles: readonly string[]): readonly string[] {
  const components = branchOf(snapshot, filter)?.components ?? [];
  return components
    .filter(({ title }) => titles.includes(title))
    .flatMap(({ title, summary, images }) => [
      `${title}: ${summary}`,
      ...images.map(({ label, reference, marks }) => {
        const problem = marks.some(({ isProblem }) => isProblem) ? '! ' : '';
        return `  ${problem}${marks[0]?.kind ?? ''} ${label} ${reference}: ${marks.map(({ said }) => said).join('; ')}`;
      }),
    ]);
}

const katib = 'kubeflow_tools: { katib: { enabled: true } }\n';

describe('the Images view', () => {
  it('has each stack with what its components pull', () => {
    const { label, summary, problems, file, hasPolicy } = branchOf(world(katib)) ?? assert.fail();
    assert.deepEqual(
      { label, summary, problems, file, hasPolicy },
      {
        label: 'values.yaml',
        summary: '0.1.5 · 24 images, 2 gone',
        problems: 2,
        file: `${root}values.yaml`,
        hasPolicy: false,
      },
    );
  });

  it('says how each image is, what matters most first', () => {
    const text = [
      'deploykf_core:',
      '  deploykf_auth:',
      '    images:',
      '      dex: { repository: r.example.com/ghcr.io/dexidp/dex, tag: ~ }',
      '      oauth2Proxy: { repository: quay.io/oauth2-proxy/oauth2-proxy, tag: latest }',
      '      kubectl: { repository: docker.io/bitnami/kubectl }',
      'deploykf_dependencies:',
      '  istio: { images: { istioProxy: { repository: r.example.com/docker.io/istio/proxyv2 } } }',
      'kubeflow_tools:',
      '  tensorboards: { enabled: true, images: { kubeRbacProxy: { repository: "{{ proxy }}" } } }',
      '',
    ].join('\n');
    const titles = ['deployKF Auth', 'Istio', 'Volumes', 'TensorBoards'];
    assert.deepEqual(print(world(text, everything), {}, titles), [
      'Istio: 2 images, 1 private',
      '  unpinned istioProxy r.example.com/docker.io/istio/proxyv2:1.17.8-distroless: tag left to deploy time; private',
      '  ! unmapped istioPilot docker.io/istio/pilot:1.17.8-distroless: public, although the registry policy maps it',
      '  off busybox busybox:1.28: only pulled by a feature that is off; only valuesOverrides can change it',
      'deployKF Auth: 3 images, 1 private, 1 gone',
      '  ! invalid dex r.example.com/ghcr.io/dexidp/dex:nil: without a usable tag; private',
      '  ! unmapped oauth2Proxy quay.io/oauth2-proxy/oauth2-proxy:latest: public, although the registry policy maps it',
      '  ! gone kubectl docker.io/bitnami/kubectl:1.26.15-debian-12-r4: was removed from Docker Hub on 2025-09-29; public, although the registry policy maps it',
      'TensorBoards: 4 images, 0 private',
      '  ! unmapped tensorboardController docker.io/kubeflownotebookswg/tensorboard-controller:v1.7.0: public, although the registry policy maps it',
      '  ! unmapped tensorboardsWebApp docker.io/kubeflownotebookswg/tensorboards-web-app:v1.7.0: public, although the registry policy maps it',
      '  unknown kubeRbacProxy {{ proxy }}:?: filled in by another tool',
      '  ! unmapped tensorboardImage docker.io/tensorflow/tensorflow:2.5.1: public, although the registry policy maps it',
      'Volumes: not deployed',
      '  off volumesWebApp docker.io/kubeflownotebookswg/volumes-web-app:v1.7.0: not deployed; public, although the registry policy maps it',
    ]);
  });

  it('does not say that something is off which a layer that is missing may switch on', () => {
    const uri = `${root}prod.yaml`;
    const text = 'kubeflow_tools: { katib: { enabled: true }, volumes: { enabled: false } }\n';
    const snapshot = Snapshot.of({
      catalogs,
      folders: [{ uri: root, settings: noSettings, project: undefined }],
      files: new Map([[uri, new ValuesFile(uri, text)]]),
      given: [
        {
          ...{ id: 'a', name: 'a', kind: 'project', release: '0.1.5', folder: root },
          uris: [`${root}base.yaml`, uri],
        },
      ],
    });
    assert.equal(
      branchOf(snapshot)?.summary,
      '0.1.5 · 24 images, 2 gone as far as is known, 1 layer is missing',
    );
    const said = print(snapshot, {}, ['Volumes', 'TensorBoards']);
    assert.deepEqual(said.slice(0, 2), [
      'TensorBoards: not known to be deployed',
      '  off tensorboardController docker.io/kubeflownotebookswg/tensorboard-controller:v1.7.0: not known to be deployed; public',
    ]);
    assert.ok(said.includes('Volumes: not deployed'));
  });

  it('has images that no value can change', () => {
    assert.deepEqual(print(world(katib, everything), { text: 'file-metrics' }, ['Katib']), [
      'Katib: 3 images, 0 private, 11 hidden',
      '  hidden file-metrics-collector docker.io/kubeflowkatib/file-metrics-collector:v0.15.0: no value can change it; public',
    ]);
  });

  it('says what registries were seen to have', () => {
    const plain = world(
      'deploykf_core: { deploykf_auth: { images: { dex: { repository: r.example.com/ghcr.io/dexidp/dex } } } }\n',
      everything,
    );
    const [plan] = plain.plans;
    const view = (plan && plain.view(plan)) ?? assert.fail();
    const target = 'r.example.com/ghcr.io/dexidp/dex:v2.39.1';
    const seen = (state: VerifiedImage['state']): Snapshot => {
      const image: VerifiedImage = {
        target,
        source: '',
        state,
        found: undefined,
        wanted: undefined,
        detail: '',
      };
      const images = new Map([[target, image]]);
      return plain.withVerified(view.stack.id, {
        planKey: planKey(planOfStack(view)),
        images,
        time: '10:32',
      });
    };
    const dex = { text: 'dexidp/dex' };
    assert.deepEqual(print(seen('there'), dex, ['deployKF Auth']), [
      'deployKF Auth: 3 images, 1 private, 1 gone',
      '  there dex r.example.com/ghcr.io/dexidp/dex:v2.39.1: in the registry; private',
    ]);
    assert.deepEqual(print(seen('missing'), dex, ['deployKF Auth']), [
      'deployKF Auth: 3 images, 1 private, 1 gone',
      '  ! missing dex r.example.com/ghcr.io/dexidp/dex:v2.39.1: missing from the registry; private',
    ]);
    assert.equal(problemsOf(view) + 1, branchOf(seen('missing'))?.problems);
  });

  describe('filtered', () => {
    const names = (filter: ImagesFilter): readonly string[] =>
      (branchOf(world(katib, everything), filter)?.components ?? []).map(
        ({ title, images }) => `${title}: ${images.map(({ label }) => label).join(', ')}`,
      );

    it('to a registry', () =>
      assert.deepEqual(names({ registry: 'quay.io', text: 'proxy' }), ['deployKF Auth: oauth2Proxy']));
    it('to a namespace', () =>
      assert.deepEqual(names({ namespace: 'deploykf-auth' }), [
        'Istio: istioProxy',
        'deployKF Auth: dex, oauth2Proxy, kubectl',
      ]));
    it('to problems, of a component by its name', () =>
      assert.deepEqual(names({ onlyProblems: true, text: 'KATIB' }), [
        'Katib: katibController, katibDbManager, katibUi',
      ]));
    it('to nothing', () => {
      assert.equal(branchOf(world(katib), { text: 'nowhere' }), undefined);
      assert.equal(branchOf(world(katib), { registry: 'quay.io', text: 'katib-ui' }), undefined);
    });
    it('by the name of a stack', () => {
      const all = branchOf(world(katib))?.components;
      assert.deepEqual(branchOf(world(katib), { text: 'Values.yaml' })?.components, all);
    });
  });

  it('can be filtered by what there is', () => {
    const snapshot = world(katib);
    const views = snapshot.plans.flatMap(plan => snapshot.view(plan) ?? []);
    assert.deepEqual(filterChoices(views), {
      registries: ['docker.io', 'gcr.io', 'ghcr.io', 'quay.io'],
      namespaces: [
        'cert-manager',
        'deploykf-auth',
        'deploykf-dashboard',
        'deploykf-istio-gateway',
        'deploykf-minio',
        'deploykf-mysql',
        'istio-system',
        'kubeflow',
        'kubeflow-argo-workflows',
        'kyverno',
        'team-1',
        'team-1-prod',
      ],
    });
  });

  it('leaves out a stack whose release is not known', () => {
    const uri = `${root}values.yaml`;
    const settings = { ...noSettings, release: '9.9.9' };
    const folders = [{ uri: root, settings, project: undefined }];
    const files = new Map([[uri, new ValuesFile(uri, katib)]]);
    assert.equal(branchOf(Snapshot.of({ catalogs, folders, files })), undefined);
  });
});
