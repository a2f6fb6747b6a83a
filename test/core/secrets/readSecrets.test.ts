import assert from 'node:assert/strict';
import { extraSecrets } from '../../../server/src/core/pullSecrets/extraSecrets.ts';
import { secretsIn, type LocatedSecret } from '../../../server/src/core/secrets/secretsInFile.ts';
import { dedent } from '../../support/fixture.ts';
import { viewOf } from '../../support/views.ts';

const json = '{"auths": {"r.example.com": {"username": "u", "password": "p"}}}';
const data = Buffer.from(json).toString('base64');

function print({ kind, name, namespace, type, content, place }: LocatedSecret): string {
  const config = content.kind === 'config' ? content.config : undefined;
  const said =
    config === undefined ? content.kind : config.kind === 'broken' ? config.reason : config.hosts.join(' ');
  const at = `${place.start.line + 1}:${place.start.character + 1}`;
  return `${kind} ${namespace ?? '?'}/${name ?? '?'} ${type ?? '?'} ${said} ${at}`;
}

function found(text: string): readonly string[] {
  return secretsIn('file:///s.yaml', dedent(text)).map(print);
}

const header = 'apiVersion: v1\nkind: Secret\n';

describe('Secrets of a YAML file', () => {
  it('are found in several documents and lists, with their places', () =>
    assert.deepEqual(
      found(`
        # c
        kind: ConfigMap
        ---
        kind: Secret
        metadata: { name: a, namespace: x }
        type: kubernetes.io/dockerconfigjson
        data: { .dockerconfigjson: ${data} }
        ---
        apiVersion: v1
        kind: List
        items:
          - kind: Secret
            metadata: { name: b }
            type: kubernetes.io/dockercfg
            stringData: { .dockercfg: '{"old.example.com": {"username": "u"}}' }
          - kind: Secret
            metadata: { name: c }
            data: { .dockerconfigjson: ${data} }
      `),
      [
        'Secret x/a kubernetes.io/dockerconfigjson r.example.com 5:19',
        'Secret ?/b kubernetes.io/dockercfg old.example.com 13:23',
        'Secret ?/c Opaque unknown 17:23',
      ],
    ));
  it('take stringData over data, and block scalars', () =>
    assert.deepEqual(
      found(`
        kind: Secret
        metadata: { name: a }
        type: kubernetes.io/dockerconfigjson
        data:
          .dockerconfigjson: bm8=
        stringData:
          .dockerconfigjson: |
            ${json}
      `),
      ['Secret ?/a kubernetes.io/dockerconfigjson r.example.com 2:19'],
    ));
  it('see through anchors, CRLF and flow maps', () =>
    assert.deepEqual(
      found(
        `kind: "Secret"\r\nmetadata: {name: &n a, labels: {x: *n}}\r\ntype: &t kubernetes.io/dockerconfigjson\r\ndata: &d {".dockerconfigjson": "${data}"}\r\n`,
      ),
      ['Secret ?/a kubernetes.io/dockerconfigjson r.example.com 2:21'],
    ));
  it('say what is wrong with them', () => {
    const type = 'metadata: { name: a }\ntype: kubernetes.io/dockerconfigjson\n';
    assert.deepEqual(found(`${header}${type}`), ['Secret ?/a kubernetes.io/dockerconfigjson absent 3:19']);
    assert.deepEqual(found(`${header}${type}data: { .dockerconfigjson: "{}" }\n`), [
      'Secret ?/a kubernetes.io/dockerconfigjson is not base64 3:19',
    ]);
    assert.deepEqual(found(`${header}${type}data: { .dockerconfigjson: ~ }\n`), [
      'Secret ?/a kubernetes.io/dockerconfigjson absent 3:19',
    ]);
  });
  it('leave open what another tool fills in', () =>
    assert.deepEqual(
      found(`
        {{- if .Values.x }}
        kind: Secret
        metadata:
          name: '{{ .Release.Name }}-pull'
          namespace: \${NS}
        type: kubernetes.io/dockerconfigjson
        data:
          .dockerconfigjson: '{{ .Values.config | b64enc }}'
        {{- end }}
        ---
        kind: Secret
        metadata: { name: a, namespace: b }
        type: '{{ .Values.type }}'
        data: { .dockerconfigjson: "" }
        ---
        kind: Secret
        metadata: { name: c }
        type: kubernetes.io/dockerconfigjson
        stringData: { .dockerconfigjson: <path:secret/data/x#y> }
      `),
      [
        'Secret ?/? kubernetes.io/dockerconfigjson unknown 4:9',
        'Secret b/a ? unknown 12:19',
        'Secret ?/c kubernetes.io/dockerconfigjson unknown 17:19',
      ],
    ));
  it('are known to be made of sealed, external and encrypted ones', () =>
    assert.deepEqual(
      found(`
        kind: ExternalSecret
        metadata: { name: a, namespace: x }
        spec: { target: { name: pull, template: { type: kubernetes.io/dockerconfigjson } } }
        ---
        kind: ExternalSecret
        metadata: { name: b, namespace: x }
        ---
        kind: SealedSecret
        metadata: { name: c, namespace: x }
        spec: { template: { type: kubernetes.io/dockerconfigjson, metadata: { name: c, namespace: y } } }
        ---
        kind: Secret
        metadata: { name: d }
        type: kubernetes.io/dockerconfigjson
        data: { .dockerconfigjson: "ENC[AES256_GCM,data:xyz]" }
        sops: { version: 3.8.1 }
      `),
      [
        'ExternalSecret x/pull kubernetes.io/dockerconfigjson unknown 3:25',
        'ExternalSecret x/b ? unknown 6:19',
        'SealedSecret y/c kubernetes.io/dockerconfigjson unknown 10:77',
        'Secret ?/d kubernetes.io/dockerconfigjson unknown 13:19',
      ],
    ));
  it('are known to be made by Kustomize', () =>
    assert.deepEqual(
      found(`
        namespace: argocd
        secretGenerator:
          - name: pull
            type: kubernetes.io/dockerconfigjson
            files: [.dockerconfigjson=config.json]
          - { name: other, namespace: x, literals: [a=b] }
      `),
      ['Secret argocd/pull kubernetes.io/dockerconfigjson unknown 3:11', 'Secret x/other ? unknown 6:13'],
    ));
  it('may say nothing of Docker, where they are documents of their own', () =>
    assert.deepEqual(
      found(`
        kind: Secret
        metadata: { name: a }
        data: { x: eQ== }
        ---
        {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "b"}, "type": "kubernetes.io/tls"}
      `),
      ['Secret ?/a Opaque unknown 2:19', 'Secret ?/b kubernetes.io/tls unknown 5:61'],
    ));
  it('are nothing else, and a broken file has what can be read', () => {
    assert.deepEqual(found('kind: Secret\nmetadata: { name: "{{ .x }}" }\ndata: { x: eQ== }\n'), []);
    assert.deepEqual(found('kind: RoleBinding\nrefs:\n  - kind: Secret\n    metadata: { name: a }\n'), []);
    assert.deepEqual(found('kind: Deployment # .dockerconfigjson\n'), []);
    assert.deepEqual(found('deploykf_core: {}\n# kind: Secret dockerconfigjson\n'), []);
    assert.deepEqual(found('kind: Secret # dockerconfigjson\nmetadata: [\n'), [
      'Secret ?/? Opaque unknown 1:7',
    ]);
  });
});

describe('Secrets in extraManifests', () => {
  function extra(...texts: readonly string[]): unknown {
    const { deployed, replaced, disabled, open } = extraSecrets(viewOf(texts.map(dedent)));
    return {
      deployed: deployed.map(print),
      replaced: replaced.map(print),
      ...(disabled.length > 0 && { disabled: disabled.map(print) }),
      open,
    };
  }
  const manifest = `
            apiVersion: v1
            kind: Secret
            metadata: { name: a }
            type: kubernetes.io/dockerconfigjson
            stringData: { .dockerconfigjson: '${json}' }
  `;

  it('go to the namespace of their component, at their place in the file', () =>
    assert.deepEqual(
      extra(`
        deploykf_dependencies:
          kyverno:
            namespace: kyv
            extraManifests:
              - |${manifest.replace(/\n {12}/g, '\n                ')}
              - kind: Secret
                metadata: { name: b, namespace: argocd }
                type: kubernetes.io/dockerconfigjson
                data: { .dockerconfigjson: ${data} }
              - "kind: Secret\\nmetadata: {name: c}"
      `),
      {
        deployed: [
          'Secret kyv/a kubernetes.io/dockerconfigjson r.example.com 8:27',
          'Secret argocd/b kubernetes.io/dockerconfigjson r.example.com 13:27',
          'Secret kyv/c Opaque unknown 16:41',
        ],
        replaced: [],
        open: false,
      },
    ));
  it('are lost when a stronger layer has a list of its own, or the component is off', () =>
    assert.deepEqual(
      extra(
        `
        deploykf_dependencies: { kyverno: { extraManifests: ["{kind: Secret, metadata: {name: a}}"] } }
        deploykf_core: { deploykf_auth: { extraManifests: ["{kind: Secret, metadata: {name: b}}"] } }
        `,
        `
        deploykf_dependencies: { kyverno: { extraManifests: [] } }
        deploykf_core: { deploykf_auth: { enabled: false } }
        `,
      ),
      {
        deployed: [],
        replaced: ['Secret kyverno/a Opaque unknown 1:87'],
        disabled: ['Secret deploykf-auth/b Opaque unknown 2:85'],
        open: false,
      },
    ));
  it('may be anything behind templates', () => {
    const of = (item: string): unknown =>
      extra(`deploykf_dependencies: { kyverno: { extraManifests: ${item} } }\n`);
    assert.deepEqual(of(`['{{< range .Values.x >}}']`), { deployed: [], replaced: [], open: true });
    assert.deepEqual(of(`"{{ .Values.x }}"`), { deployed: [], replaced: [], open: true });
    assert.deepEqual(of(`["kind: ConfigMap\\ndata: {x: '{{ .Release.Name }}'}"]`), {
      deployed: [],
      replaced: [],
      open: false,
    });
  });
});
