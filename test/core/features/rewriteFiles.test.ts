import assert from 'node:assert/strict';
import { rewritableFiles, rewriteFiles, withPolicy } from '../../../server/src/core/features/rewriteFiles.ts';
import { policyForRegistry } from '../../../server/src/core/policy/presets.ts';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { catalogs } from '../../support/views.ts';

const folder = { uri: 'file:///ws/', settings: noSettings, project: undefined };
const base = 'file:///ws/base.yaml';
const prod = 'file:///ws/prod.yaml';
const texts = {
  [base]: 'deploykf_core: {deploykf_auth: {images: {dex: {repository: ghcr.io/dexidp/dex}}}}\n',
  [prod]: 'kubeflow_tools: # ours\n  katib:\n    enabled: true\n',
};

function worldOf(uris: readonly string[]): Snapshot {
  const files = Object.entries(texts).map(([uri, text]) => [uri, new ValuesFile(uri, text)] as const);
  const stack = {
    id: 'prod',
    name: 'prod',
    kind: 'given' as const,
    release: '0.1.5',
    uris,
    folder: folder.uri,
  };
  return Snapshot.of({ catalogs, folders: [folder], files: new Map(files), given: [stack] });
}

describe('Files to rewrite', () => {
  it('are the layers of the stacks, with what is missing of these', () => {
    const missing = ['prod: gone.yaml'];
    const common = { stacks: ['prod'], missing, isRelated: true };
    assert.deepEqual(rewritableFiles(worldOf([base, 'file:///ws/gone.yaml', prod]), folder, prod), [
      { uri: base, label: 'base.yaml', ...common },
      { uri: prod, label: 'prod.yaml', ...common },
    ]);
  });

  it('are rewritten together, and only those that are chosen', () => {
    const policy = policyForRegistry('r.example.com');
    assert.ok(policy);
    const world = withPolicy(worldOf([base, prod]), folder, { policy, release: '0.1.5' });
    const both = rewriteFiles(world, [base, prod], { pinsTags: false });
    assert.deepEqual(
      both.edits.map(({ uri }) => uri),
      [base, prod],
    );
    const one = rewriteFiles(world, [base], { pinsTags: false });
    assert.deepEqual([one.images, one.components, one.edits.length], [1, 1, 1]);
    assert.ok(both.images > 20 && both.components > 4 && both.tags > 0);
    const pinned = rewriteFiles(world, [base, prod], { pinsTags: true });
    assert.equal(pinned.images, both.images);
    assert.match(JSON.stringify(pinned.edits), /tag: /);
  });
});
