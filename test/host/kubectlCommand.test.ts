import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  interactiveCommand,
  kubectlCommand,
} from '../../server/src/core/pullSecrets/create/kubectlCommand.ts';
import { createScript } from '../../server/src/core/pullSecrets/create/script.ts';
import type { PullSecret } from '../../server/src/core/pullSecrets/create/suggest.ts';
import { shellWord } from '../../server/src/core/text/shellWord.ts';

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

/** The interactive line in a shell that goes on behind it, with a terminal that writes down how its echo is set. */
function typeInShell(
  shell: string,
  secret: PullSecret,
  { typed, interrupts = false }: { readonly typed: string; readonly interrupts?: boolean },
): { readonly made: string; readonly echo: string; readonly behind: string } {
  const folder = mkdtempSync(join(tmpdir(), 'deploykf-values-'));
  const program = (name: string, lines: string): void => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${lines}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  try {
    for (const name of ['made', 'echo', 'behind']) writeFileSync(join(folder, name), '');
    program('kubectl', `cat > "${folder}/made"`);
    const interrupt = interrupts ? 'if [ "$1" = -echo ]; then kill -INT "$PPID"; fi' : '';
    program('stty', `printf '%s ' "$1" >> "${folder}/echo"\n${interrupt}`);
    const left = `printf '%s' "$?:\${REGISTRY_USERNAME_1-}\${REGISTRY_PASSWORD_1-}" > "${folder}/behind"`;
    spawnSync(shell, ['-c', `${interactiveCommand(secret)}\n${left}`], {
      env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` },
      input: typed,
    });
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    return { made: read('made'), echo: read('echo').trimEnd(), behind: read('behind') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const shells = ['sh', 'bash', 'dash', 'zsh'].filter(shell => spawnSync(shell, ['-c', ':']).status === 0);

const one = { name: 'my-docker-config', namespace: 'argocd', registries: ['registry.example.com'] };

describe('the kubectl command', () => {
  it('is one line without a password', () =>
    assert.equal(
      kubectlCommand(one),
      `: "\${REGISTRY_USERNAME:?set it first}" "\${REGISTRY_PASSWORD:?set it first}" && printf '{"auths":{"%s":{"auth":"%s"}}}' registry.example.com "$(printf '%s:%s' "$REGISTRY_USERNAME" "$REGISTRY_PASSWORD" | base64 | tr -d '\\n')" | kubectl create secret generic my-docker-config --namespace argocd --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=/dev/stdin`,
    ));

  it('asks for each registry and creates in one line, in a shell of its own', () => {
    const two = { ...one, registries: ['a.b', 'c.d'] };
    assert.equal(
      interactiveCommand(two),
      [
        "(trap 'stty echo' EXIT; trap 'echo; exit 130' INT QUIT TERM",
        "printf '%s' 'User name for a.b: '; IFS= read -r REGISTRY_USERNAME_1; printf 'Password: '; stty -echo; IFS= read -r REGISTRY_PASSWORD_1; stty echo; echo",
        "printf '%s' 'User name for c.d: '; IFS= read -r REGISTRY_USERNAME_2; printf 'Password: '; stty -echo; IFS= read -r REGISTRY_PASSWORD_2; stty echo; echo",
        `${kubectlCommand(two)})`,
      ].join('; '),
    );
  });

  if (process.platform === 'win32') return;

  it('makes the Secret in a shell, and no argument of a program holds the password', () => {
    const password = 'p"a$s `id`\\n%s\'é'.padEnd(90, '.');
    const env = {
      ...{ REGISTRY_USERNAME_1: 'robot$x', REGISTRY_PASSWORD_1: password },
      ...{ REGISTRY_USERNAME_2: 'u', REGISTRY_PASSWORD_2: 'p' },
    };
    const { args, stdin } = runInShell(
      { ...one, registries: ['registry.example.com:5000', 'docker.io'] },
      env,
    );
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

  describe('that asks', () => {
    const two = { ...one, registries: ['a.b', 'c.d'] };
    for (const shell of shells) {
      it(`makes the Secret and forgets what was typed in ${shell}`, () =>
        assert.deepEqual(typeInShell(shell, two, { typed: 'u\np w\\\nv\nq\n' }), {
          made: `{"auths":{"a.b":{"auth":"${btoa('u:p w\\')}"},"c.d":{"auth":"${btoa('v:q')}"}}}`,
          echo: '-echo echo -echo echo echo',
          behind: '0:',
        }));

      it(`makes and keeps nothing without a password in ${shell}`, () => {
        const { made, echo, behind } = typeInShell(shell, two, { typed: 'u\np\nv\n\n' });
        assert.deepEqual([made, echo.split(' ').at(-1)], ['', 'echo']);
        assert.match(behind, /^[1-9]\d*:$/);
      });

      it(`shows again what is typed when it is broken off at a password in ${shell}`, () =>
        assert.deepEqual(typeInShell(shell, two, { typed: 'u\np\nv\nq\n', interrupts: true }), {
          made: '',
          echo: '-echo echo',
          behind: '130:',
        }));
    }
  });

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

describe('the script of a pull secret', () => {
  const secret = { name: 'reg', namespace: 'argocd', registries: ['a.example.com', 'docker.io'] };

  it('makes the Secret in every namespace, and has no password in an argument', () => {
    const folder = mkdtempSync(join(tmpdir(), 'deploykf-values-'));
    const program = (name: string, lines: string): void => {
      writeFileSync(join(folder, name), `#!/bin/sh\n${lines}\n`);
      chmodSync(join(folder, name), 0o755);
    };
    try {
      const reads =
        'case "$1 $2" in "create secret") cat > "$out.stdin"; echo made;; apply*) cat;; "get namespace") exit 1;; esac';
      program('kubectl', `out="${folder}/out"; echo "$*" >> "$out"\n${reads}`);
      program('stty', ':');
      writeFileSync(join(folder, 'script'), createScript(secret, ['argocd', 'cert-manager']));
      const { status } = spawnSync('/bin/sh', [join(folder, 'script')], {
        env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` },
        input: 'me\np%s"1\nyou\nword\n',
      });
      assert.equal(status, 0);
      const calls = readFileSync(join(folder, 'out'), 'utf8');
      assert.deepEqual(
        calls
          .split('\n')
          .filter(call => call.startsWith('create'))
          .map(call => call.replace(/ --type.*/, '')),
        [
          'create namespace argocd',
          'create secret generic reg --namespace argocd',
          'create namespace cert-manager',
          'create secret generic reg --namespace cert-manager',
        ],
      );
      assert.doesNotMatch(calls, /word|p%s/);
      assert.deepEqual(JSON.parse(readFileSync(join(folder, 'out.stdin'), 'utf8')), {
        auths: {
          'a.example.com': { auth: btoa('me:p%s"1') },
          'https://index.docker.io/v1/': { auth: btoa('you:word') },
        },
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
