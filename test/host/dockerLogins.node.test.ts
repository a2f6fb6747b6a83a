import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dockerLoginFinder } from '../../server/src/host/registry/dockerLogins.node.ts';
import type { RegistryLogin } from '../../server/src/host/registry/login.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('Logins of docker for what is asked of a registry', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deploykf-logins-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function find(
    config: unknown,
    registry: string,
    repository: string,
  ): Promise<RegistryLogin | undefined> {
    const file = join(folder, 'config.json');
    writeFileSync(file, JSON.stringify(config));
    const said: string[] = [];
    const env = { REGISTRY_AUTH_FILE: file };
    const find = dockerLoginFinder({ env, untrusted: [], complain: message => void said.push(message) });
    const login = await find(registry, repository);
    assert.deepEqual(said, []);
    return login;
  }

  it('leave out the tokens that Docker Desktop keeps beside a login of Docker Hub', async () => {
    const hub = 'https://index.docker.io/v1/';
    const auths = {
      [hub]: { auth: base64('me:right') },
      [`${hub}access-token`]: { auth: base64('me:token') },
      [`${hub}refresh-token`]: { auth: base64('me:other') },
    };
    const login = await find({ auths }, 'docker.io', 'library/redis');
    assert.deepEqual(login, { key: hub, basic: base64('me:right') });
  });

  it('are those of the nearest path of the registry', async () => {
    const auths = {
      'registry.example.com': { auth: base64('all:1') },
      'registry.example.com/team': { auth: base64('team:1') },
      'registry.example.com/te': { auth: base64('te:1') },
    };
    const login = await find({ auths }, 'registry.example.com', 'team/app');
    assert.deepEqual(login?.key, 'registry.example.com/team');
    assert.equal((await find({ auths }, 'registry.example.com', 'other/app'))?.key, 'registry.example.com');
  });

  it('need a user name', async () => {
    const auths = { 'registry.example.com': { auth: base64(':secret') } };
    assert.equal(await find({ auths }, 'registry.example.com', 'app'), undefined);
  });
});
