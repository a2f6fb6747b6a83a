import assert from 'node:assert/strict';
import { shownPart, shownValue } from '../../../server/src/core/redaction/redactValue.ts';
import type { Value } from '../../../server/src/core/yaml/value.ts';
import { dedent } from '../../support/fixture.ts';
import { viewOf } from '../../support/views.ts';

const kyverno = 'deploykf_dependencies.kyverno';
const manifests = viewOf([
  dedent(`
    deploykf_dependencies:
      kyverno:
        extraManifests:
          - kind: Secret
            metadata: { name: a, labels: { a: HUNTER2 } }
            data: { x: SFVOVEVSMg== }
            stringData: { y: HUNTER2 }
          - |
            kind: Secret
            metadata:
              name: b # HUNTER2
              annotations: { a: HUNTER2 }
            stringData:
              y: HUNTER2
          - |
            kind: Secre
            stringDat: { y: HUNTER2 }
          - |
            kind: Secret
            y: 'HUNTER2
          - |
            kind: ConfigMap
            data: { a: seen, password: HUNTER2 }
  `),
]);

function shown(text: string, path: string): Value | undefined {
  return shownValue(viewOf([dedent(text)]), path);
}

describe('what may be shown of a value', () => {
  it('is the head of a Secret, also of a misspelled one, and nothing of one that does not parse', () =>
    assert.deepEqual(shownValue(manifests, `${kyverno}.extraManifests`), [
      { kind: 'Secret', metadata: '…', data: '…', stringData: '…' },
      'kind: Secret\nmetadata:\n  …\n  …\nstringData:\n  …\n',
      'kind: Secre\n…\n',
      '…\n…\n',
      'kind: ConfigMap\n…\n',
    ]));
  it('is the same below it and of a layer', () =>
    assert.deepEqual(
      [
        shownValue(manifests, `${kyverno}.extraManifests[0].data`),
        shownValue(manifests, `${kyverno}.extraManifests[0].stringData.y`),
        manifests.effective.at(`${kyverno}.extraManifests[0]`)?.all.map(shownPart),
      ],
      ['…', '…', [{ kind: 'Secret', metadata: '…', data: '…', stringData: '…' }]],
    ));
  it('is where a password comes from, but not the password', () =>
    assert.deepEqual(
      shown(
        `
        deploykf_core:
          deploykf_auth:
            dex:
              staticPasswords:
                - email: a@example.com
                  password: { type: hash, value: HUNTER2 }
                - email: b@example.com
                  password:
                    existingSecret: a
                    existingSecretKey: b
                    value:
                      HUNTER2
                - { email: c@example.com, password: "" }
        `,
        'deploykf_core.deploykf_auth.dex.staticPasswords',
      ),
      [
        { email: 'a@example.com', password: '…' },
        { email: 'b@example.com', password: { existingSecret: 'a', existingSecretKey: 'b', value: '…' } },
        { email: 'c@example.com', password: '' },
      ],
    ));
  it('is no key of an object store, but the name of its Secret and the defaults', () =>
    assert.deepEqual(
      shown(
        'kubeflow_tools:\n  pipelines:\n    objectStore:\n      auth: { existingSecret: a }\n    mysql: { auth: { password: HUNTER2 } }\n',
        'kubeflow_tools.pipelines.mysql.auth',
      ),
      {
        username: 'kubeflow',
        password: '…',
        existingSecret: '',
        existingSecretUsernameKey: 'username',
        existingSecretPasswordKey: 'password',
      },
    ));
});
