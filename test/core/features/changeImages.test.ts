import assert from 'node:assert/strict';
import { pinImages, rewriteImages } from '../../../server/src/core/features/changeImages.ts';
import { readProject } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { applyEdits } from '../../../server/src/core/text/edit.ts';
import { root } from '../../support/stacks.ts';
import { catalogs } from '../../support/views.ts';

const files = {
  'base.yaml': [
    'deploykf_core:',
    '  deploykf_auth:',
    '    images:',
    '      dex: { repository: ghcr.io/dexidp/dex } # ours',
    'deploykf_dependencies:',
    '  istio:',
    '    images:',
    '      istioProxy:',
    '        repository: r.example.com/docker.io/istio/proxyv2',
    '',
  ].join('\n'),
  'prod.yaml': 'kubeflow_tools:\n  volumes: { enabled: true }\n',
};

function world(
  values = 'registry: { rules: [{ source: "*", target: "r.example.com/{registry}/{path}" }] }\n',
  shared = '0.1.5',
): Snapshot {
  const text = `release: 0.1.5\n${values}stacks:\n  - { name: prod, values: [base.yaml, prod.yaml] }\n  - { name: shared, release: ${shared}, values: [base.yaml, prod.yaml] }\n`;
  const project = readProject(new ValuesFile(`${root}.deploykf-values.yaml`, text), {
    releases: catalogs.releases,
    codes: [],
  });
  return Snapshot.of({
    catalogs,
    folders: [{ uri: root, settings: project.settings, project }],
    files: new Map(
      Object.entries(files).map(([name, value]) => [root + name, new ValuesFile(root + name, value)]),
    ),
  });
}

/** Changes the images with these names of these stacks: how many, and the lines that are new. */
function change(
  snapshot: Snapshot,
  changes: typeof rewriteImages,
  names: readonly string[],
  stacks = ['prod'],
): readonly (string | number)[] {
  const chosen = snapshot.plans
    .filter(({ name }) => stacks.includes(name))
    .flatMap(plan => snapshot.view(plan) ?? [])
    .map(view => ({
      view,
      entries: view.images.filter(({ path }) => names.some(name => path.endsWith(`.${name}`))),
    }));
  const { edits, count } = changes(snapshot, chosen);
  const lines = edits.flatMap(edit => {
    const before = snapshot.file(edit.uri)?.text ?? '';
    const after = applyEdits(before, edit.edits)?.split('\n') ?? [];
    const added = after.filter(line => !before.split('\n').includes(line));
    return added.map(line => `${edit.uri.slice(root.length)}: ${line}`);
  });
  return [count, ...lines];
}

describe('images that are chosen in the Images view', () => {
  it('are rewritten where they are set, and overridden where they are not', () =>
    assert.deepEqual(change(world(), rewriteImages, ['dex', 'katibUi', 'istioProxy']), [
      2,
      'base.yaml:       dex: { repository: r.example.com/ghcr.io/dexidp/dex } # ours',
      'prod.yaml:   katib:',
      'prod.yaml:     images:',
      'prod.yaml:       katibUi:',
      'prod.yaml:         repository: r.example.com/docker.io/kubeflowkatib/katib-ui',
    ]));

  it('are changed once in a file that several stacks share', () =>
    assert.deepEqual(change(world(), rewriteImages, ['dex', 'katibUi'], ['prod', 'shared']), [
      4,
      'base.yaml:       dex: { repository: r.example.com/ghcr.io/dexidp/dex } # ours',
      'prod.yaml:   katib:',
      'prod.yaml:     images:',
      'prod.yaml:       katibUi:',
      'prod.yaml:         repository: r.example.com/docker.io/kubeflowkatib/katib-ui',
    ]));

  it('stay where the release of another stack of the file does not have them', () => {
    assert.deepEqual(change(world(), rewriteImages, ['deploykf_minio.images.shell'])[0], 1);
    assert.deepEqual(change(world(undefined, '0.1.3'), rewriteImages, ['deploykf_minio.images.shell']), [0]);
  });

  it('get the tags that are pulled now', () => {
    const proxy = 'base.yaml:         tag: 1.17.8-distroless';
    assert.deepEqual(change(world(), pinImages, ['istioProxy']), [1, proxy]);
    assert.deepEqual(change(world(), pinImages, ['istioProxy'], ['prod', 'shared']), [2, proxy]);
    assert.deepEqual(change(world(), pinImages, ['istioPilot']), [
      1,
      'prod.yaml: deploykf_dependencies:',
      'prod.yaml:   istio:',
      'prod.yaml:     images:',
      'prod.yaml:       istioPilot:',
      'prod.yaml:         tag: 1.17.8-distroless',
    ]);
  });

  it('stay where there is nothing to do', () => {
    assert.deepEqual(change(world(''), rewriteImages, ['dex']), [0]);
    assert.deepEqual(change(world(), rewriteImages, ['istioProxy']), [0]);
    assert.deepEqual(change(world(), pinImages, ['driverImage']), [0]);
  });
});
