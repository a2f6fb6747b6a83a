import assert from 'node:assert/strict';
import {
  dockerConfigKey,
  registryHostProblem,
  registryOfKey,
} from '../../../server/src/core/secrets/registryHost.ts';

describe('the keys of a docker config', () => {
  it('are hosts, but for Docker Hub', () => {
    for (const host of ['docker.io', 'index.docker.io', 'registry-1.docker.io'])
      assert.equal(dockerConfigKey(host), 'https://index.docker.io/v1/');
    assert.equal(dockerConfigKey('registry.example.com:5000'), 'registry.example.com:5000');
  });

  it('lead back to their registry', () => {
    const table = [
      ['https://index.docker.io/v1/', 'docker.io'],
      ['index.docker.io', 'docker.io'],
      ['docker.io/account', 'docker.io'],
      ['https://registry.example.com/v2/', 'registry.example.com'],
      ['registry.example.com:5000/team', 'registry.example.com:5000'],
    ] as const;
    for (const [key, host] of table) assert.equal(registryOfKey(key), host);
  });
});

describe('a registry host', () => {
  it('has a domain or a port and nothing more', () => {
    for (const host of [
      'registry.example.com',
      'a:5000',
      'localhost',
      'docker.io',
      'index.docker.io',
      '10.0.0.1:1',
      '[::1]:5000',
    ])
      assert.equal(registryHostProblem(host), undefined, host);
    assert.equal(
      registryHostProblem('https://registry.example.com/mirror'),
      '"https://registry.example.com/mirror" is more than the host of a registry: write "registry.example.com"',
    );
    for (const text of [
      '',
      'registry',
      'a b.c',
      '$(id).b',
      "a.b'",
      '-a.b',
      'a.b;id',
      'a.b\n',
      '{registry}.b',
      '*.b.c',
    ])
      assert.notEqual(registryHostProblem(text), undefined, text);
  });
});
