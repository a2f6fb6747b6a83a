import assert from 'node:assert/strict';
import { addPullSecret } from '../../../server/src/core/features/addPullSecret.ts';
import { ownSecretNamespaces } from '../../../server/src/core/features/secretNamespaces.ts';
import { applyEdits } from '../../../server/src/core/text/edit.ts';
import { snapshotOf } from '../../support/views.ts';

const text = [
  'deploykf_dependencies:',
  '  cert_manager:',
  '    images:',
  '      certManagerController: { repository: registry.example.com/cert-manager }',
  '      certManagerWebhook: { repository: registry.example.com/webhook }',
  '  kyverno:',
  '    images:',
  '      kyverno: { repository: registry.example.com/kyverno }',
  '',
].join('\n');

describe('Namespaces that need a Secret of their own', () => {
  const { snapshot, uri } = snapshotOf([text]);
  const [view] = snapshot.viewsOf(uri);
  assert.ok(view);
  const secret = { name: 'reg', namespace: 'argocd' };

  it('are none while there is no policy, and are known with the Secret in the values', () => {
    assert.deepEqual(ownSecretNamespaces(view), []);
    const added = addPullSecret(snapshot, view, { secret, uri });
    assert.ok(added.kind === 'edits');
    assert.deepEqual(ownSecretNamespaces(added.view), [
      { name: 'cert-manager', reason: 'starts before the policy: 2 images' },
      { name: 'kyverno', reason: "Kyverno's own namespace, which the policy leaves out: 1 image" },
    ]);
  });

  it('get it by their charts in the same change', () => {
    const added = addPullSecret(snapshot, view, { secret, uri, isHanded: true });
    assert.ok(added.kind === 'edits');
    const after = applyEdits(text, added.edits[0]?.edits ?? []) ?? '';
    assert.match(after, /existingSecret: reg\n/);
    assert.match(after, /valuesOverrides:\n {6}cert-manager:\n {8}global:\n {10}imagePullSecrets:\n/);
    assert.match(after, /admissionController:\n/);
  });
});
