import assert from 'node:assert/strict';
import { codeActions } from '../../../server/src/core/features/codeActions.ts';
import { parsePolicy } from '../../../server/src/core/policy/parse.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { catalogs } from '../../support/views.ts';

const uri = 'file:///ws/values.yaml';
const values = `deploykf_core:
  deploykf_auth:
    enabled: true
    images:
      dex:
        repository: ghcr.io/dexidp/dex
        tag: v2.39.1
      oauth2Proxy:
        repository: registry.example.com/oauth2-proxy
`;

/** Whether the way to a private registry is offered at a text. */
function isOffered(at: string, registry?: object): boolean {
  const settings = { ...noSettings, policy: registry && parsePolicy(registry).policy };
  const snapshot = Snapshot.of({
    catalogs,
    folders: [{ uri: 'file:///ws/', settings, project: undefined }],
    files: new Map([[uri, new ValuesFile(uri, values)]]),
  });
  const start = values.indexOf(at);
  const actions = codeActions(snapshot, uri, { start, end: start });
  return actions.some(
    ({ title, step }) => title === 'Rewrite to a private registry…' && step?.kind === 'rewrite',
  );
}

describe('the way to a private registry', () => {
  it('is offered at an image of a registry that is everybody’s', () => {
    assert.equal(isOffered('ghcr.io'), true);
    assert.equal(isOffered('tag'), true);
  });

  it('is not offered elsewhere, nor where there is a policy', () => {
    assert.equal(isOffered('enabled'), false);
    assert.equal(isOffered('registry.example.com/oauth2'), false);
    assert.equal(isOffered('ghcr.io', { rules: [{ source: '*', target: 'registry.example.com' }] }), false);
  });
});
