import assert from 'node:assert/strict';
import { ValuesFile } from '../../../../server/src/core/stack/valuesFile.ts';
import {
  placeholderManifest,
  secretManifest,
} from '../../../../server/src/core/pullSecrets/create/manifest.ts';
import {
  pullSecretProblems,
  suggestedSecret,
  tidySecret,
} from '../../../../server/src/core/pullSecrets/create/suggest.ts';
import { readProject } from '../../../../server/src/core/workspace/settings.ts';
import { viewOf } from '../../../support/views.ts';

describe('the manifest of a pull secret', () => {
  it('has places to fill in', () =>
    assert.equal(
      placeholderManifest({ name: 'reg', namespace: '123', registries: ['docker.io'] }),
      [
        '# Fill in the user names and passwords, then: kubectl apply -f FILE. Keep the filled-in file out of git.',
        'apiVersion: v1',
        'kind: Secret',
        'metadata:',
        '  name: reg',
        '  namespace: "123"',
        'type: kubernetes.io/dockerconfigjson',
        'stringData:',
        '  .dockerconfigjson: |',
        '    {',
        '      "auths": {',
        '        "https://index.docker.io/v1/": {',
        '          "username": "<USERNAME>",',
        '          "password": "<PASSWORD>"',
        '        }',
        '      }',
        '    }',
        '',
      ].join('\n'),
    ));

  it('holds the credentials that it is given', () => {
    const secret = { name: 'reg', namespace: 'argocd', registries: ['a.b'] };
    const text = secretManifest(secret, [{ registry: 'a.b', key: 'a.b', auth: btoa('u:p') }]);
    assert.match(
      text,
      /^apiVersion: v1\nkind: Secret\nmetadata:\n {2}name: reg\n {2}namespace: argocd\ntype: .*\ndata:\n/,
    );
    const data = /\.dockerconfigjson: (\S+)\n$/.exec(text)?.[1] ?? '';
    assert.equal(atob(data), `{"auths":{"a.b":{"auth":"${btoa('u:p')}"}}}`);
  });
});

describe('a pull secret', () => {
  it('is for the registries of the policy and of the private images', () => {
    const { settings } = readProject(
      new ValuesFile(
        'file:///p.yaml',
        'registry:\n  rules:\n    - {source: docker.io, target: "{registry}.mirror.example.com"}\n    - {source: "*", target: "harbor.example.com/{registry}/{path}"}\n  private: ["*.example.com", other.example.com/team, ghcr.io/me]\n',
      ),
      { releases: [], codes: [] },
    );
    const view = viewOf(
      [
        'deploykf_core: {deploykf_auth: {images: {dex: {repository: "other.example.com:5000/dex"}}}}\nargocd: {namespace: cd}\n',
      ],
      settings.policy === undefined ? {} : { policy: settings.policy },
    );
    assert.deepEqual(suggestedSecret([view, view]), {
      name: 'my-docker-config',
      namespace: 'cd',
      registries: ['harbor.example.com', 'other.example.com', 'other.example.com:5000'],
    });
  });

  it('is for the registries that need credentials by the policy, and for no pattern', () => {
    const registriesFor = (registry: string, ...texts: readonly string[]): readonly string[] => {
      const file = new ValuesFile('file:///p.yaml', `registry: ${registry}\n`);
      const { settings } = readProject(file, { releases: [], codes: [] });
      return suggestedSecret([
        viewOf(texts, settings.policy === undefined ? {} : { policy: settings.policy }),
      ]).registries;
    };
    const dex = (repository: string): string =>
      `deploykf_core: {deploykf_auth: {images: {dex: {repository: "${repository}"}}}}\n`;
    assert.deepEqual(
      {
        used: registriesFor('{credentials: ["*.example.com"]}', dex('a.example.com:5000/dex')),
        unused: registriesFor('{credentials: ["*.example.com"]}'),
        other: registriesFor('{credentials: ["*.example.com"]}', dex('a.example.org/dex')),
        paths: registriesFor('{credentials: [ghcr.io/me, ghcr.io/us, b.example.com/x, index.docker.io/me]}'),
        both: registriesFor('{credentials: [b.example.com, "*.example.com"]}', dex('a.example.com/dex')),
        targets: registriesFor(
          '{rules: [{source: ghcr.io, target: c.example.com/x}, {source: "*", target: d.example.org}], private: ["*.example.com", e.example.com], credentials: ["*.example.com"]}',
        ),
        nested: registriesFor(
          '{rules: [{source: "*", target: "{registry}.example.com"}], credentials: ["*.example.com"]}',
        ),
      },
      {
        used: ['a.example.com:5000'],
        unused: [],
        other: [],
        paths: ['ghcr.io', 'b.example.com', 'docker.io'],
        both: ['b.example.com', 'a.example.com'],
        targets: ['c.example.com', 'e.example.com'],
        nested: [],
      },
    );
  });

  it('keeps the name that the values have already', () => {
    const block = '{registryCredentials: [{existingSecret: Bad Name}, {existingSecret: reg}]}';
    const view = viewOf([
      `deploykf_dependencies: {kyverno: {clusterPolicies: {imagePullSecrets: ${block}}}}\n`,
    ]);
    assert.deepEqual(suggestedSecret([view]), { name: 'reg', namespace: 'kyverno', registries: [] });
    assert.deepEqual(suggestedSecret([]), { name: 'my-docker-config', namespace: 'argocd', registries: [] });
  });

  it('has names that Kubernetes takes', () => {
    assert.deepEqual(pullSecretProblems({ name: 'a.b', namespace: 'c', registries: ['d.e'] }), {});
    const { name, namespace, registries } = pullSecretProblems({
      name: 'A',
      namespace: 'c.d',
      registries: [],
    });
    assert.match(name ?? '', /^no Secret can be named "A": use only lower-case/);
    assert.match(namespace ?? '', /^no namespace can be named "c\.d": use only lower-case/);
    assert.match(registries ?? '', /^write the host of the registry/);
    const odd = { name: 'a', namespace: 'b', registries: ['index.docker.io', 'a.b', 'docker.io', 'a.b'] };
    assert.deepEqual(tidySecret(odd).registries, ['docker.io', 'a.b']);
  });
});
