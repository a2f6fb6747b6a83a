import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askCommand, interactiveCommand, kubectlCommand } from '../../../server/src/core/pullSecrets/kubectlCommand.ts';
import type { PullSecret } from '../../../server/src/core/pullSecrets/pullSecret.ts';
import { shellWord } from '../../../server/src/core/text/shellWord.ts';

/** Runs the line in a real shell, with a kubectl that writes down its arguments and what it reads. */
function runInShell(
  secret: PullSecret,
  env: Readonly<Record<string, string>>,
): { readonly args: string[]; readonly stdin: string } {
  const folder = mkdtempSync(join(tmpdir(), 'deploykf-values-'));
  try {
    const script = `#!/bin/sh\nprintf '%s\\n' "$@" > "${folder}/args"\ncat /dev/stdin > "${folder}/stdin"\n`;
    writeFileSync(join(folder, 'kubectl'), script);
    chmodSync(join(folder, 'kubectl'), 0o755);
    execFileSync('/bin/sh', ['-c', kubectlCommand(secret)], {
      env: { ...env, PATH: `${folder}:${process.env['PATH'] ?? ''}` },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    return { args: read('args').trimEnd().split('\n'), stdin: read('stdin') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const one = { name: 'my-docker-config', namespace: 'argocd', registries: ['registry.example.com'] };

describe('the kubectl command', () => {
  it('is one line without a password', () =>
    assert.equal(
      kubectlCommand(one),
      `: "\${REGISTRY_USERNAME:?set it first}" "\${REGISTRY_PASSWORD:?set it first}" && printf '{"auths":{"%s":{"auth":"%s"}}}' registry.example.com "$(printf '%s:%s' "$REGISTRY_USERNAME" "$REGISTRY_PASSWORD" | base64 | tr -d '\\n')" | kubectl create secret generic my-docker-config --namespace argocd --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=/dev/stdin`,
    ));

  it('asks for each registry', () =>
    assert.equal(
      askCommand({ registries: ['a.b', 'c.d'] }),
      [
        "printf '%s' 'User name for a.b: '; IFS= read -r REGISTRY_USERNAME_1; printf 'Password: '; stty -echo; IFS= read -r REGISTRY_PASSWORD_1; stty echo; echo",
        "printf '%s' 'User name for c.d: '; IFS= read -r REGISTRY_USERNAME_2; printf 'Password: '; stty -echo; IFS= read -r REGISTRY_PASSWORD_2; stty echo; echo",
      ].join('; '),
    ));

  it('asks, creates and forgets in one line', () => {
    const line = interactiveCommand(one);
    assert.equal(line, `${askCommand(one)}; ${kubectlCommand(one)}; unset REGISTRY_USERNAME REGISTRY_PASSWORD`);
    assert.doesNotMatch(line, /[\r\n]/);
  });

  if (process.platform === 'win32') return;

  it('makes the Secret in a shell, and no argument of a program holds the password', () => {
    const password = 'p"a$s `id`\\n%s\'é'.padEnd(90, '.');
    const env = {
      ...{ REGISTRY_USERNAME_1: 'robot$x', REGISTRY_PASSWORD_1: password },
      ...{ REGISTRY_USERNAME_2: 'u', REGISTRY_PASSWORD_2: 'p' },
    };
    const { args, stdin } = runInShell({ ...one, registries: ['registry.example.com:5000', 'docker.io'] }, env);
    assert.deepEqual(args, [
      ...['create', 'secret', 'generic', 'my-docker-config', '--namespace', 'argocd'],
      ...['--type=kubernetes.io/dockerconfigjson', '--from-file=.dockerconfigjson=/dev/stdin'],
    ]);
    assert.deepEqual(JSON.parse(stdin), {
      auths: {
        'registry.example.com:5000': { auth: Buffer.from(`robot$x:${password}`).toString('base64') },
        'https://index.docker.io/v1/': { auth: Buffer.from('u:p').toString('base64') },
      },
    });
  });

  it('does nothing while a variable is not set', () =>
    assert.throws(() => runInShell(one, { REGISTRY_USERNAME: 'u' }), /REGISTRY_PASSWORD: set it first/));

  it('takes odd names as names, should they ever come so far', () => {
    for (const odd of [
      'a b',
      "it's",
      '$(id)',
      '`id`',
      '; id',
      '"',
      '*',
      '~',
      '=x',
      'a\\',
      '-n',
      '#',
      '&&',
      '%s',
      'é',
    ]) {
      const { args, stdin } = runInShell(
        { name: odd, namespace: odd, registries: [odd] },
        { REGISTRY_USERNAME: 'u', REGISTRY_PASSWORD: 'p' },
      );
      assert.deepEqual([args[3], args[5]], [odd, odd]);
      assert.ok(stdin.startsWith(`{"auths":{"${odd}":`), stdin);
    }
  });

  it('shows what needs no quotes without them', () => {
    assert.equal(shellWord('registry.example.com:5000/x_y'), 'registry.example.com:5000/x_y');
    assert.equal(shellWord("it's"), String.raw`'it'\''s'`);
    assert.equal(shellWord(''), "''");
  });
});
