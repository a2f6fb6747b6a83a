import assert from 'node:assert/strict';
import { renamableAt, renameName } from '../../../../server/src/core/features/rename/renameName.ts';
import { secretsIn } from '../../../../server/src/core/secrets/secretsInFile.ts';
import { standalonePlan } from '../../../../server/src/core/stack/plan.ts';
import { ValuesFile } from '../../../../server/src/core/stack/valuesFile.ts';
import { Snapshot } from '../../../../server/src/core/workspace/snapshot.ts';
import { dedent } from '../../../support/fixture.ts';
import { catalogs } from '../../../support/views.ts';

const uri = 'file:///ws/values.yaml';
const secretUri = 'file:///ws/secret.yaml';

/** What the name at `at` becomes in a workspace of values and Secrets: the number of places, or why it stays. */
function rename(values: string, secrets: string, at: string, newName: string): number | string | undefined {
  const file = new ValuesFile(uri, dedent(values));
  const snapshot = Snapshot.of({
    catalogs,
    folders: [],
    files: new Map([[uri, file]]),
    given: [standalonePlan(uri, undefined, '0.1.5')],
  }).withSecrets(secretsIn(secretUri, dedent(secrets)));
  const name = renamableAt(snapshot, file, file.text.indexOf(at));
  const renamed = name && renameName(snapshot, name, newName);
  return renamed?.kind === 'places' ? renamed.places.length : renamed?.message;
}

const values = `
  deploykf_dependencies:
    kyverno:
      clusterPolicies:
        imagePullSecrets:
          registryCredentials:
            - existingSecret: one
              existingSecretNamespace: vault
            - existingSecret: &other other
              existingSecretNamespace: kyverno
            - { existingSecret: *other, existingSecretNamespace: "es\\x63aped" }
  deploykf_core:
    deploykf_auth:
      images: { dex: { repository: ghcr.io/dexidp/dex } }
  `;
const secret = (name: string, more = ''): string =>
  `
  kind: Secret
  metadata: { name: ${name}, namespace: vault }
  type: kubernetes.io/dockerconfigjson
  ${more}
  `;

describe('renaming what values name', () => {
  it('counts the Secret and all that names it, an anchor once', () => {
    assert.equal(rename(values, secret('one'), 'one', 'new'), 2);
    assert.equal(rename(values, secret('one'), 'other\n', 'new'), 1);
  });

  it('is refused where a sealed Secret, another Secret or a default would be torn off', () => {
    const sops = 'sops: { mac: x }';
    assert.match(String(rename(values, secret('one', sops), 'one', 'new')), /^the Secret "one" is sealed, /);
    assert.match(
      String(rename(values, secret('one', sops), 'vault', 'new')),
      /^a Secret of the namespace "vault" is/,
    );
    assert.equal(rename(values, secret('taken'), 'one', 'taken'), 'there is a Secret "taken" already');
    assert.equal(
      rename(values, secret('one'), 'kyverno\n', 'policies'),
      'deploykf_dependencies.kyverno is in "kyverno" by default: write its namespace into the values first',
    );
    const encrypted = `${dedent(values)}sops: { mac: x }\n`;
    assert.match(
      String(rename(encrypted, secret('x'), 'one', 'new')),
      /is encrypted, so that it cannot be changed$/,
    );
  });

  it('is not offered for registries of everybody, nor for what is written with escapes', () => {
    assert.equal(rename(values, secret('one'), 'ghcr.io', 'r.example.com'), undefined);
    assert.equal(rename(values, secret('one'), 'es\\x63aped', 'new'), undefined);
  });
});
