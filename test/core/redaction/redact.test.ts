import assert from 'node:assert/strict';
import { withoutCredentials } from '../../../server/src/core/redaction/redact.ts';
import { dedent } from '../../support/fixture.ts';

function shows(text: string, expected: string): void {
  assert.equal(withoutCredentials(dedent(text)), dedent(expected));
}

describe('what may be shown of a text', () => {
  it('is nothing of a Secret below its data, in a string or a map', () =>
    shows(
      `
      extraManifests:
        - |
          kind: Secret
          stringData:
            .dockerconfigjson: '{"auths":{"r":{"auth":"dTpw"}}}'
            other: |
              user: HUNTER2

              HUNTER2
          type: Opaque
        - kind: Secret
          data: # of the team
            .dockerconfigjson: |
              eyJhdXRocyI6
            x: &x
              SFVOVEVSMg==
          metadata: { name: a }
      images: {}
      `,
      `
      extraManifests:
        - |
          kind: Secret
          stringData:
            .dockerconfigjson: …
            …
              …

              …
          type: Opaque
        - kind: Secret
          data: …
            .dockerconfigjson: |
              …
            …
              …
          metadata: { name: a }
      images: {}
      `,
    ));
  it('is nothing of the rest of a line, in flow maps, quoted strings and JSON', () =>
    shows(
      `
      - {kind: Secret, type: Opaque, stringData: {password: "it's } HUNTER2"}}
      - '{"kind": "Secret", "data": {".dockerconfigjson": "eyJhdXRocyI6e30=", ''a'': ''x}y''}}'
      - "kind: Secret\\nstringData:\\n  .dockerconfigjson: '{\\"auths\\": {}}'\\ntype: Opaque"
      - {"kind": "Secret", "stringData": {
        "a": "HUNTER2",
       "b": "HUNTER2"
        }}
      - {
        "stringData": {
          ".dockerconfigjson": "{}"
        },
        "kind": "Secret" }
      `,
      `
      - {kind: Secret, type: Opaque, stringData: {…
      - '{"kind": "Secret", "data": {".dockerconfigjson": …
      - "kind: Secret\\nstringData:…
      - {"kind": "Secret", "stringData": {
        …
       …
        …
      - {
        "stringData": {
          ".dockerconfigjson": …
        …
        "kind": "Secret" }
      `,
    ));
  it('is nothing of a section that is broken and may hold a Secret, in CRLF, too', () =>
    shows(
      `
      argocd:\r
        a: { b: 1 }\r
      deploykf_core:\r
        extraManifests:\r
          - kind: Secret\r
            stringData:\r
              a: HUNTER2\r
             b: HUNTER2\r
      HUNTER2\r
      kubeflow_tools:\r
        a: { b: 1 }\r
      `,
      `
      argocd:\r
        a: { b: 1 }\r
      …\r
        …\r
          …\r
            …\r
              …\r
             …\r
      …\r
      kubeflow_tools:\r
        a: { b: 1 }\r
      `,
    ));
  it('is nothing of a manifest that is broken, and all around it', () =>
    shows(
      `
      extraManifests:
        - |
          kind: Secret
          stringData:
            a: "HUNTER2
        - kind: Service
      `,
      `
      extraManifests:
        - …
          …
          …
            …
        - kind: Service
      `,
    ));
  it('is nothing of what they refer to elsewhere', () =>
    shows(
      `
      x-b: [&b HUNTER2, &c visible]
      x-data: &data
        a: HUNTER2
        b: *b
      kind: Secret
      stringData: *data
      type: *c
      `,
      `
      x-b: [&b …
      x-data: &data
        …
        …
      kind: Secret
      stringData: …
      type: *c
      `,
    ));
  it('is nothing of credentials in other places', () =>
    shows(
      `
      registryCredentials:
        - { existingSecret: a, username: u, password: HUNTER2 }
      config: '{"auths": {"r": {"auth": "dTpw"}}}'
      encoded: ewogICJhdXRocyI6IHsiciI6IHt9fX0= # mine
      `,
      `
      registryCredentials:
        - { existingSecret: a, username: u, password: …
      config: …
      encoded: … # mine
      `,
    ));
  it('is nothing of a scalar that no section has, in a file with Secrets', () =>
    shows(
      `
      x-tag: &tag "1"
      deploykf_dependencies:
        kyverno:
          enabled: true
          creatNamespace: true
          namespace: kyverno
          stray: HUNTER2
          extraManifests:
            - { kind: Secret }
        stray: HUNTER2
      stray: HUNTER2
      `,
      `
      x-tag: &tag "1"
      deploykf_dependencies:
        kyverno:
          enabled: true
          creatNamespace: true
          namespace: kyverno
          …: …
          extraManifests:
            - { kind: Secret }
        …: …
      …: …
      `,
    ));
  it('is all of a text that does not parse, where its manifests are empty', () => {
    const text = `
      deploykf_core:
        deploykf_auth:
          extraManifests: [] # none
          images:
            dex: {{{ a
             tag: 1.10
      `;
    shows(text, text);
    shows(text.replace('[] # none', '# below'), '\n…\n  …\n    …\n    …\n      …\n       …\n');
  });

  it('is all else', () => {
    const text = `
      kubeflow_tools:
        pipelines:
          objectStore: { auth: { existingSecret: a, fromEnv: true } }
      data: { kind: ConfigMap }
      metadata: { passwords: 3, my-data: x }
      type: kubernetes.io/dockerconfigjson
    `;
    shows(text, text);
  });
});
