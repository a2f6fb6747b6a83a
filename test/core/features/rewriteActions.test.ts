import assert from 'node:assert/strict';
import { rewriteActions } from '../../../server/src/core/features/rewriteActions.ts';
import { parsePolicy } from '../../../server/src/core/policy/parse.ts';
import type { RegistryPolicy } from '../../../server/src/core/policy/types.ts';
import { changesToEdits } from '../../../server/src/core/fixes/changes.ts';
import { applyEdits } from '../../../server/src/core/text/edit.ts';
import { viewOf } from '../../support/views.ts';

const policy: RegistryPolicy = parsePolicy({
  rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }],
}).policy ?? { rules: [], private: [] };
const text = [
  'deploykf_core: # ours',
  '  deploykf_auth:',
  '    images:',
  '      dex:',
  '        repository: "ghcr.io/dexidp/dex" # public',
  '      kubectl: { repository: r.example.com/docker.io/bitnami/kubectl }',
  '',
].join('\n');

function actionsAt(
  place: string,
  used: RegistryPolicy | undefined = policy,
): ReadonlyMap<string, string | undefined> {
  const view = viewOf([text], { ...(used === undefined ? {} : { policy: used }) });
  const at = text.indexOf(place);
  const actions = rewriteActions(view, 'file:///0.yaml', { start: at, end: at });
  return new Map(
    actions.map(({ title, changes }) => [title, applyEdits(text, changesToEdits(changes())[0]?.edits ?? [])]),
  );
}

describe('wider rewrites', () => {
  it('are offered for the place of the cursor', () =>
    assert.deepEqual(
      [...actionsAt('kubectl').keys()].map(title => title.replace(/\d+/, 'N')),
      [
        'Rewrite N images of deployKF Auth to the private registry',
        'Rewrite N image of this file to the private registry',
        'Add the missing overrides of N images here',
        'Point kubectl to docker.io/bitnami/kubectl',
        'Point N image of deployKF Auth back to upstream',
        'Point N image of this file back to upstream',
      ],
    ));

  it('rewrite a component with what it lacks', () =>
    assert.equal(
      actionsAt('dex').get('Rewrite 2 images of deployKF Auth to the private registry'),
      text
        .replace('"ghcr.io', '"r.example.com/ghcr.io')
        .replace(
          /\n$/,
          '\n      oauth2Proxy:\n        repository: r.example.com/quay.io/oauth2-proxy/oauth2-proxy\n',
        ),
    ));

  it('lead back to upstream', () =>
    assert.equal(
      actionsAt('kubectl').get('Point kubectl to docker.io/bitnami/kubectl'),
      text.replace('r.example.com/docker.io/bitnami', 'docker.io/bitnami'),
    ));

  it('add nothing to a text that does not parse', () => {
    const broken = `${text}kubeflow_tools: { katib: "\n`;
    const view = viewOf([broken], { policy });
    const at = broken.indexOf('dex');
    assert.deepEqual(
      rewriteActions(view, 'file:///0.yaml', { start: at, end: at }).map(({ title }) => title),
      [
        'Rewrite 1 image of deployKF Auth to the private registry',
        'Rewrite 1 image of this file to the private registry',
        'Point 1 image of deployKF Auth back to upstream',
        'Point 1 image of this file back to upstream',
      ],
    );
  });

  it('do not pin a tag that was never published', () => {
    const pipelines =
      'kubeflow_tools: { pipelines: { enabled: true, images: { kfpApiServer: { tag: ~ } } } }\n';
    const view = viewOf([pipelines]);
    const at = pipelines.indexOf('kfp');
    assert.deepEqual(rewriteActions(view, 'file:///0.yaml', { start: at, end: at }), []);
  });

  it('are few without a policy', () => {
    const view = viewOf(['deploykf_dependencies:\n  istio:\n    enabled: true\n']);
    assert.deepEqual(
      rewriteActions(view, 'file:///0.yaml', { start: 26, end: 26 }).map(({ title }) => title),
      ['Pin the tags of 2 images of Istio'],
    );
  });
});
