import assert from 'node:assert/strict';
import { check, fix, fixTitles } from '../../../support/fixture.ts';

const codes = ['pull-secrets-secret-invalid'];
const head = `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] }
          extraManifests:
            - |
              kind: Secret
              metadata: { name: reg } # mine`;
const type = '\n              type: kubernetes.io/dockerconfigjson';
const data = '\n              stringData:\n                .dockerconfigjson: ';

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** A Secret in a file of the workspace. */
function workspace(
  config: string,
  kind = 'kubernetes.io/dockerconfigjson',
): Readonly<Record<string, string>> {
  const key = kind.endsWith('dockercfg') ? '.dockercfg' : '.dockerconfigjson';
  return {
    's.yaml': `kind: Secret\nmetadata: { name: reg, namespace: kyverno }\ntype: ${kind}\ndata: { ${key}: ${base64(config)} }\n`,
  };
}

function named(message = ''): string {
  return `
    deploykf_dependencies:
      kyverno:
        clusterPolicies:
          imagePullSecrets:
            enabled: true
            registryCredentials:
              - existingSecret: reg
${message === '' ? '' : `                              ~ ^^^ pull-secrets-secret-invalid: ${message}\n`}`;
}

const good = '{"auths": {"r.example.com": {"username": "u", "password": "p"}}}';

describe('pull-secrets-secret-invalid', () => {
  it('reports a wrong type where it stands', () =>
    check(
      `${head}
              type: Opaque
                  ~ ^^^^^^ pull-secrets-secret-invalid: Secret "kyverno/reg" has type "Opaque", which is not that of a pull secret: use "kubernetes.io/dockerconfigjson"${data}'${good}'
      `,
      { codes },
    ));
  it('reports a missing key, and what does not parse', () => {
    check(
      `${head}
                              ~ ^^^ pull-secrets-secret-invalid: Secret "kyverno/reg" has no ".dockerconfigjson"${type}
      `,
      { codes },
    );
    check(
      `${head}${type}${data}'{'
              ~ ^^^^^^^^^^^^^^^^^ pull-secrets-secret-invalid: Secret "kyverno/reg" cannot be used, its ".dockerconfigjson" is not JSON: no image can be pulled with it
      `,
      { codes },
    );
  });
  it('reports maps and lists where a text must be, but no templates and nothing encrypted', () => {
    check(
      `${head}${type}
              stringData:
                .dockerconfigjson:
              ~ ^^^^^^^^^^^^^^^^^ pull-secrets-secret-invalid: Secret "kyverno/reg" has a map as its ".dockerconfigjson", which Kubernetes refuses: write its JSON as one text, under "data" in base64
                  auths: { r.example.com: { auth: '{{< .x >}}' } }
      `,
      { codes },
    );
    check(
      `${head}
              type: [Opaque]
            ~ ^^^^ pull-secrets-secret-invalid: Secret "kyverno/reg" has a list as its "type", which Kubernetes refuses: write "kubernetes.io/dockerconfigjson"
              stringData: { .dockerconfigjson: '{}' }
      `,
      { codes },
    );
    check(`${head}${type}${data}{{ .Values.x | quote }}\n      `, { codes });
    check(`${head}${type}${data}{ auths: {} }\n              sops: { version: 3.8.1 }\n      `, { codes });
    check(`${head}\n              type: {{ .Values.x }}${data}'{}'\n      `, { codes });
    const map = (value: string): Readonly<Record<string, string>> => ({
      's.yaml': `kind: Secret\nmetadata: { name: reg }\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: ${value}\n`,
    });
    check(
      named(
        'Secret "kyverno/reg" has a list as its ".dockerconfigjson", which Kubernetes refuses: write its JSON as one text, under "data" in base64',
      ),
      { codes, workspace: map('[a]') },
    );
    check(named(), { codes, workspace: map('{{ include "x" . | b64enc }}') });
  });
  it('reports Secrets of other files at the entry', () => {
    check(
      named(
        'Secret "kyverno/reg" keeps its credentials in "credsStore", which the kubelet does not read: put them into "auths"',
      ),
      { codes, workspace: workspace('{"auths": {"r.example.com": {}}, "credsStore": "desktop"}') },
    );
    check(
      named(
        'Secret "kyverno/reg" cannot be used, its ".dockerconfigjson" has an entry for "r.example.com" that cannot be read: no image can be pulled with it',
      ),
      { codes, workspace: workspace('{"auths": {"r.example.com": {"auth": "dTpw!"}}}') },
    );
    check(named('Secret "kyverno/reg" has an entry for "r.example.com" without credentials'), {
      codes,
      workspace: workspace('{"auths": {"r.example.com": {}}}'),
    });
    check(named('Secret "kyverno/reg" has no registry in its ".dockerconfigjson"'), {
      codes,
      workspace: workspace('{"auths": {}}'),
    });
    check(
      named(
        'Secret "kyverno/reg" has type "Opaque", which is not that of a pull secret: use "kubernetes.io/dockerconfigjson"',
      ),
      { codes, workspace: workspace(good, 'Opaque') },
    );
    check(
      named(
        'Secret "kyverno/reg" has type "Opaque", which is not that of a pull secret: use "kubernetes.io/dockerconfigjson"',
      ),
      {
        codes,
        workspace: {
          's.yaml':
            'kind: Secret\nmetadata: { name: reg }\ntype: Opaque\nstringData: { username: u, password: p }\n',
        },
      },
    );
  });
  it("reports Docker Hub's key where no image finds it", () =>
    check(
      named(
        'Secret "kyverno/reg" has credentials for Docker Hub under "index.docker.io/v1", where no image finds them: the key must be "https://index.docker.io/v1/"',
      ),
      { codes, workspace: workspace(good.replace('r.example.com', 'https://index.docker.io/v1')) },
    ));
  it('says it once for two entries', () =>
    check(
      `
      deploykf_dependencies:
        kyverno:
          clusterPolicies:
            imagePullSecrets: { enabled: true, registryCredentials: [&e { existingSecret: reg }, *e] }
          extraManifests: ["{kind: Secret, metadata: {name: reg}, type: Opaque}"]
                                                                      ~ ^^^^^^ pull-secrets-secret-invalid: Secret "kyverno/reg" has type "Opaque", which is not that of a pull secret: use "kubernetes.io/dockerconfigjson"
      `,
      { codes },
    ));
  it('is silent about good ones, also of the old type, and about helpers beside entries that work', () => {
    check(named(), { codes, workspace: workspace(good) });
    check(named(), {
      codes,
      workspace: workspace('{"r.example.com": {"username": "u"}}', 'kubernetes.io/dockercfg'),
    });
    check(named(), { codes, workspace: workspace(good.replace('{"auths', '{"credsStore": "x", "auths')) });
    check(named(), {
      codes,
      workspace: workspace(
        '{"auths": {"https://index.docker.io/v1/": {"auth": "dTpw"}, "https://index.docker.io/v1/access-token": {"auth": "dTpw"}}}',
      ),
    });
  });
  it('is silent about templates, encrypted Secrets, those that no entry names, and where one of two is good', () => {
    check(`${head}${type}${data}'{{< .Values.x >}}'\n      `, { codes });
    check(named(), {
      codes,
      workspace: { 's.yaml': `${workspace('x')['s.yaml'] ?? ''}sops: {}\n` },
    });
    check(named(), {
      codes,
      workspace: { 's.yaml': (workspace('x')['s.yaml'] ?? '').replace('reg', 'other') },
    });
    check(named(), { codes, workspace: { ...workspace(good), 't.yaml': workspace('x')['s.yaml'] ?? '' } });
    check(named().replace('enabled: true', 'enabled: false'), { codes, workspace: workspace('x') });
  });

  it('sets the type', () =>
    fix(
      `${head}\n              type: Opaque # why${data}'${good}'\n`,
      `${head}${type} # why${data}'${good}'\n`,
      {
        codes,
      },
    ));
  it('writes a type where there is none', () =>
    fix(`${head}${data}'${good}'\n`, `${head}${type}${data}'${good}'\n`, { codes }));
  it('sets the type in a quoted string and in a map', () => {
    const one = (item: string): string =>
      `deploykf_dependencies: {kyverno: {extraManifests: [${item}], clusterPolicies: {imagePullSecrets: {enabled: true, registryCredentials: [{existingSecret: reg}]}}}}\n`;
    const map = (kind: string): string =>
      `{kind: Secret, metadata: {name: reg}, type: ${kind}, data: {.dockerconfigjson: ${base64(good)}}}`;
    fix(one(map('Opaque')), one(map('kubernetes.io/dockerconfigjson')), { codes });
    fix(one(`"${map('Opaque')}"`), one(`"${map('kubernetes.io/dockerconfigjson')}"`), { codes });
  });
  it('gives an empty type its value', () => {
    for (const written of ['', ' ~', ' null', ' ""', ' "Opaque"']) {
      const quote = written.endsWith('"') ? '"' : '';
      fix(
        `${head}\n              type:${written} # why${data}'${good}'\n`,
        `${head}\n              type: ${quote}kubernetes.io/dockerconfigjson${quote} # why${data}'${good}'\n`,
        { codes },
      );
    }
    const flow = (type: string): string =>
      `deploykf_dependencies: {kyverno: {extraManifests: [{kind: Secret, metadata: {name: reg}, ${type}, data: {.dockerconfigjson: ${base64(good)}}}], clusterPolicies: {imagePullSecrets: {enabled: true, registryCredentials: [{existingSecret: reg}]}}}}\n`;
    fix(flow('type:'), flow('type: kubernetes.io/dockerconfigjson'), { codes });
  });
  it('has no fix for text that stands elsewhere, or elsewhere as well', () => {
    const titles = (item: string, more = ''): readonly string[] =>
      fixTitles(
        `
x-type: &type Opaque
x-data: &data { .dockerconfigjson: ${base64(good)} }
x-base: &base { type: *type, data: *data }
x-secret: &secret { kind: Secret, metadata: { name: reg }, type: Opaque, data: *data }
x-text: &text |
  { kind: Secret, metadata: { name: reg }, type: Opaque, data: { .dockerconfigjson: e30= } }
deploykf_dependencies:
  kyverno:
    clusterPolicies:
      imagePullSecrets: { enabled: true, registryCredentials: [{ existingSecret: reg }] }
    extraManifests:
      - ${item}
${more}`,
        { codes },
      );
    const map = (rest: string): string => `{ kind: Secret, metadata: { name: reg }, ${rest} }`;
    assert.deepEqual(titles(map('type: *type, data: *data')), []);
    assert.deepEqual(titles(map('<<: *base')), []);
    assert.deepEqual(titles('*secret'), []);
    assert.deepEqual(titles('*text'), []);
    assert.deepEqual(titles(`&own ${map('type: Opaque, data: *data')}`, 'x: *own\n'), []);
    assert.deepEqual(titles(map('type: &own Opaque, data: *data'), 'x: *own\n'), []);
    assert.deepEqual(
      titles(`|\n        kind: Secret\n        metadata: { name: reg }\n        data: *data\n`),
      [],
    );
    assert.deepEqual(
      titles(
        `|\n        data: &d\n          .dockerconfigjson: e30=\n        metadata: { name: reg }\n        stringData: *d\n        kind: Secret\n`,
      ),
      [],
    );
    assert.deepEqual(titles(map('type: [Opaque], data: *data')), []);
    assert.deepEqual(titles(map('type: &own Opaque, data: *data')), [
      'Set the type to kubernetes.io/dockerconfigjson',
    ]);
  });
  it("has no fix for Docker Hub's key in a text that stands elsewhere as well", () => {
    const text = (anchor: string, label: string): string =>
      `${head}${type}${data}${anchor}'${good.replace('r.example.com', 'hub.docker.com')}'\n              immutable: ${label}\n`;
    const title = ['Write the key as https://index.docker.io/v1/'];
    assert.deepEqual(fixTitles(text('', 'true'), { codes }), title);
    assert.deepEqual(fixTitles(text('&a ', 'true'), { codes }), title);
    assert.deepEqual(fixTitles(text('&a ', '*a'), { codes }), []);
  });
  it("writes Docker Hub's key", () => {
    const text = (key: string, quote = "'"): string =>
      `${head}${type}${data}${quote}{ "auths" : {"${key}":{"username": "u", "password": "é"}} }${quote}\n`;
    fix(text('index.docker.io/v1'), text('https://index.docker.io/v1/'), { codes });
    const block = (key: string): string =>
      text(key, '').replace(/json: (.*)\n$/, 'json: >-\n                  $1\n');
    fix(block('hub.docker.com'), block('https://index.docker.io/v1/'), { codes });
  });
  it('has no fix for what is encoded, and for other types with other keys', () => {
    const encoded = base64(good.replace('r.example.com', 'hub.docker.com'));
    assert.deepEqual(
      fixTitles(`${head}${type}${data.replace('stringData', 'data')}${encoded}\n`, { codes }),
      [],
    );
    assert.deepEqual(fixTitles(`${head}${data.replace('.docker', 'docker')}x\n`, { codes }), []);
  });
});
