import assert from 'node:assert/strict';
import { nothingToRewrite } from '../../../server/src/core/features/nothingToRewrite.ts';
import { withPolicy } from '../../../server/src/core/features/rewriteFiles.ts';
import { policyForRegistry } from '../../../server/src/core/policy/presets.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { catalogs } from '../../support/views.ts';

const uri = 'file:///ws/prod.yaml';

function reasonFor(text: string, release: string, uris = [uri]): string {
  const folder = { uri: 'file:///ws/', settings: noSettings, project: undefined };
  const stack = { id: 'prod', name: 'prod', kind: 'given' as const, release, uris, folder: folder.uri };
  const files = new Map([[uri, new ValuesFile(uri, text)]]);
  const policy = policyForRegistry('r.example.com');
  assert.ok(policy);
  const world = Snapshot.of({ catalogs, folders: [folder], files, given: [stack] });
  return nothingToRewrite(withPolicy(world, folder, { policy, release }), [uri]);
}

describe('The reason why nothing is rewritten', () => {
  it('is a release that is not known', () => {
    assert.equal(
      reasonFor('kubeflow_tools: {}\n', '9.9.9'),
      'Nothing to rewrite: the release 9.9.9 is not known',
    );
  });

  it('is a file that is encrypted', () => {
    assert.equal(
      reasonFor('kubeflow_tools: {}\nsops: {mac: "ENC[AES256_GCM,data:x]", version: 3.9.0}\n', '0.1.5'),
      'Nothing to rewrite: prod.yaml is encrypted, so that nothing is written to it',
    );
  });

  it('is else what is left of the stack', () => {
    assert.match(
      reasonFor('kubeflow_tools: {}\n', '0.1.5'),
      /^Nothing to rewrite\. Stack prod: \d+ images still come from public registries: \d+ to rewrite$/,
    );
  });
});
