import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  interactiveCommand,
  kubectlCommand,
} from '../../server/src/core/pullSecrets/create/kubectlCommand.ts';
import { type CliOptions, type CliResult, type CliWorkspace, inWorkspace } from '../support/cli.ts';

const password = 'pa55-w0rd';
const token = 't0ken-of-another';
const auth = btoa(`robot:${password}`);
/** Every form in which the fixture's credentials could get out. */
const secrets = [password, auth, auth.replace(/=+$/, ''), token, btoa(`x:${token}`), btoa(auth).slice(0, 12)];

const dockerConfig = JSON.stringify({
  auths: {
    'harbor.example.com': { auth },
    'https://index.docker.io/v1/': { username: 'robot', password },
    'other.example.com': { auth: btoa(`x:${token}`) },
    'aks.example.com': { auth: btoa('u:'), identitytoken: token },
  },
});
const policy = 'registry:\n  rules:\n    - {source: "*", target: "harbor.example.com/{registry}/{path}"}\n';
const values = 'kubeflow_tools:\n  katib:\n    enabled: true\n';
const files = { 'docker/config.json': dockerConfig, 'prod.yaml': values, '.deploykf-values.yaml': policy };

function pullSecret(
  workspace: CliWorkspace,
  argv: readonly string[],
  options: CliOptions = {},
): Promise<CliResult> {
  const env = { DOCKER_CONFIG: join(workspace.root, 'docker'), ...options.env };
  return workspace.run(['pull-secret', ...argv], { ...options, env });
}

function leaks({ stdout, stderr }: Pick<CliResult, 'stdout' | 'stderr'>): readonly string[] {
  return secrets.filter(secret => stdout.includes(secret) || stderr.includes(secret));
}

describe('pull-secret', () => {
  const secret = { name: 'my-docker-config', namespace: 'argocd', registries: ['harbor.example.com'] };
  const next = 'Next: deploykf-values pull-secret add --name my-docker-config --namespace argocd FILE\n';

  it(
    'prints the command for the registries of the policy',
    inWorkspace(files, async workspace =>
      assert.deepEqual(await pullSecret(workspace, []), {
        code: 0,
        stdout: `${kubectlCommand(secret)}\n`,
        stderr:
          'Set REGISTRY_USERNAME and REGISTRY_PASSWORD for harbor.example.com in the shell first; the command does not contain passwords. Or let one line ask for them:\n' +
          `  ${interactiveCommand(secret)}\n${next}`,
      }),
    ),
  );

  it(
    'asks for the registries that a wildcard of the policy stands for',
    inWorkspace(
      {
        'prod.yaml':
          'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        repository: harbor.example.com/dex\n',
        '.deploykf-values.yaml': 'registry:\n  credentials: ["*.example.com"]\n',
      },
      async workspace => {
        const { code, stdout } = await pullSecret(workspace, []);
        assert.deepEqual([code, stdout], [0, `${kubectlCommand(secret)}\n`]);
        workspace.write('prod.yaml', values);
        assert.deepEqual(await pullSecret(workspace, []), {
          code: 2,
          stdout: '',
          stderr: 'deploykf-values: no registry is given: name one with --registry HOST\n',
        });
      },
    ),
  );

  it(
    'takes everything from flags, whatever lies around',
    inWorkspace({ '.deploykf-values.yaml': 'relase: 1\n' }, async workspace => {
      const argv = [
        '--registry',
        'a.b:5000',
        '--registry=index.docker.io,a.b:5000',
        '--name',
        'x.y',
        '--namespace',
        'z',
      ];
      const { code, stdout, stderr } = await pullSecret(workspace, argv);
      const given = { name: 'x.y', namespace: 'z', registries: ['a.b:5000', 'docker.io'] };
      assert.deepEqual([code, stdout], [0, `${kubectlCommand(given)}\n`]);
      assert.doesNotMatch(stderr, /relase/);
      const some = await pullSecret(workspace, ['--registry', 'harbor.example.com']);
      assert.deepEqual([some.code, some.stdout], [0, `${kubectlCommand(secret)}\n`]);
    }),
  );

  it(
    'asks on a terminal, with what it would take',
    inWorkspace(files, async workspace => {
      const { code, stdout, stderr } = await pullSecret(workspace, ['prod.yaml', '--namespace', 'kyverno'], {
        columns: 80,
        answers: ['a.b, c.d', ''],
      });
      const given = { ...secret, namespace: 'kyverno', registries: ['a.b', 'c.d'] };
      assert.deepEqual([code, stdout], [0, `${kubectlCommand(given)}\n`]);
      assert.match(
        stderr,
        /^Private registries, such as registry\.example\.com \[harbor\.example\.com\]: \nName of the Secret \[my-docker-config\]: \nSet /,
      );
      const quiet = await pullSecret(workspace, ['--registry', 'a.b'], { columns: 80 });
      assert.match(quiet.stderr, /^Set /);
    }),
  );

  it(
    'ends without a word where the user breaks off',
    inWorkspace(files, async workspace => {
      const questions = [
        'Private registries, such as registry.example.com [harbor.example.com]: \n',
        'Name of the Secret [my-docker-config]: \n',
        'Its namespace [argocd]: \n',
      ];
      for (const [index] of questions.entries()) {
        const answers = [...questions.slice(0, index).map(() => ''), undefined];
        assert.deepEqual(await pullSecret(workspace, ['--out', 'secret.yaml'], { columns: 80, answers }), {
          code: 2,
          stdout: '',
          stderr: questions.slice(0, index + 1).join(''),
        });
      }
      assert.equal(existsSync(join(workspace.root, 'secret.yaml')), false);
    }),
  );

  it(
    'says what is wrong with names and flags',
    inWorkspace({ 'prod.yaml': values }, async workspace => {
      const said = async (...argv: readonly string[]): Promise<string> => {
        const { code, stdout, stderr } = await pullSecret(workspace, argv);
        const isJson = argv.includes('json');
        assert.deepEqual([code, isJson ? '' : stdout], [2, ''], argv.join(' '));
        return stderr.replaceAll('deploykf-values: ', '').replaceAll('see deploykf-values ', 'see ');
      };
      assert.equal(await said(), 'no registry is given: name one with --registry HOST\n');
      assert.match(
        await said('--registry', 'https://a.b/c'),
        /^"https:\/\/a\.b\/c" is more than the host .*: write "a\.b"\n$/,
      );
      assert.match(
        await said('--registry', 'a.b', '--name', "x'; id", '--namespace', 'A_b'),
        /^no Secret can be named "x'; id": .*\nno namespace can be named "A_b": .*\n$/,
      );
      const see = '(see pull-secret create --help)\n';
      assert.equal(
        await said('--dry-run'),
        `unknown option "--dry-run": it is one of pull-secret add ${see}`,
      );
      assert.equal(
        await said('--format', 'json'),
        `unknown option "--format": it is one of pull-secret add ${see}`,
      );
      const seeExplain = '(see pull-secret explain --help)\n';
      assert.equal(
        await said('--explain', '--out', 'x'),
        `unknown option "--out": it is one of pull-secret create ${seeExplain}`,
      );
      assert.equal(
        await said('--add', '--explain'),
        'unknown option "--explain" (see pull-secret add --help)\n',
      );
      assert.match(
        await said('--form', 'kubectl', '--from-docker-config'),
        /^--form kubectl cannot be combined with --from-docker-config/,
      );
      assert.match(await said('missing.yaml', '--registry', 'a.b'), /^missing\.yaml does not exist\n$/);
      assert.match(await said('--registry', 'a.b', '--form', 'yaml'), /^--form cannot be "yaml"/);
      assert.match(await said('--registry'), /^--registry needs a value: --registry HOST/);
    }),
  );

  it(
    'makes a manifest to fill in, and reads no docker config for it',
    inWorkspace(files, async workspace => {
      const result = await pullSecret(workspace, ['--form', 'manifest'], {
        columns: 80,
        answers: ['', '', ''],
      });
      assert.deepEqual([result.code, leaks(result)], [0, []]);
      assert.match(result.stdout, /^# Fill in .*\napiVersion: v1\nkind: Secret\n/);
      const written = await pullSecret(workspace, ['--out', 'secret.yaml']);
      assert.deepEqual([written.code, written.stdout], [0, '']);
      assert.equal(workspace.read('secret.yaml'), result.stdout);
    }),
  );
});

describe('pull-secret --from-docker-config', () => {
  const argv = ['--from-docker-config', '--registry', 'harbor.example.com', '--registry', 'docker.io'];

  function dataOf(manifest: string): unknown {
    return JSON.parse(atob(/^ {2}\.dockerconfigjson: (\S+)$/m.exec(manifest)?.[1] ?? ''));
  }

  it(
    'pipes a manifest with the wanted logins and no other',
    inWorkspace(files, async workspace => {
      const { code, stdout, stderr } = await pullSecret(workspace, argv);
      assert.equal(code, 0);
      assert.deepEqual(dataOf(stdout), {
        auths: { 'harbor.example.com': { auth }, 'https://index.docker.io/v1/': { auth } },
      });
      assert.match(stderr, /config\.json has logins for harbor\.example\.com and docker\.io\nNext: /);
      assert.deepEqual(leaks({ stdout: '', stderr }), []);
      assert.ok(!JSON.stringify(dataOf(stdout)).includes(token));
    }),
  );

  it(
    'never prints credentials to a terminal',
    inWorkspace(files, async workspace => {
      const result = await pullSecret(workspace, argv, { columns: 80 });
      assert.deepEqual([result.code, result.stdout, leaks(result)], [2, '', []]);
      assert.match(
        result.stderr,
        /is not printed to a terminal: write it with --out FILE, or pipe it with \| kubectl apply -f -\n$/,
      );
      const asked = await pullSecret(workspace, ['--from-docker-config'], {
        columns: 80,
        answers: ['', '', ''],
      });
      assert.deepEqual([asked.code, asked.stdout, leaks(asked)], [2, '', []]);
    }),
  );

  it(
    'writes a file for its owner only, and none over another',
    inWorkspace(files, async workspace => {
      const out = [...argv, '--out', 'secret.yaml'];
      const result = await pullSecret(workspace, out, { columns: 80 });
      assert.deepEqual([result.code, result.stdout, leaks(result)], [0, '', []]);
      assert.match(
        result.stderr,
        /\nWrote secret\.yaml, readable only by its owner\. Next: kubectl apply -f secret\.yaml\nNext: /,
      );
      assert.equal(statSync(join(workspace.root, 'secret.yaml')).mode & 0o777, 0o600);
      workspace.write('secret.yaml', 'mine\n');
      const again = await pullSecret(workspace, out);
      assert.deepEqual([again.code, again.stdout, workspace.read('secret.yaml')], [2, '', 'mine\n']);
      assert.match(again.stderr, /secret\.yaml already exists: use --force to overwrite it\n$/);
      assert.equal((await pullSecret(workspace, [...out, '--force'])).code, 0);
      assert.deepEqual(
        Object.keys((dataOf(workspace.read('secret.yaml')) as { auths: object }).auths).length,
        2,
      );
      assert.deepEqual(
        readdirSync(workspace.root).filter(name => name.endsWith('.tmp')),
        [],
      );
      const nowhere = await pullSecret(workspace, [...argv, '--out', 'no/secret.yaml']);
      assert.deepEqual([nowhere.code, leaks(nowhere)], [2, []]);
      assert.match(nowhere.stderr, /no\/secret\.yaml cannot be written: its folder does not exist\n$/);
    }),
  );

  it(
    'writes to standard output, and to no file, with --out -',
    inWorkspace(files, async workspace => {
      const piped = await pullSecret(workspace, argv);
      assert.deepEqual(await pullSecret(workspace, [...argv, '--out', '-']), piped);
      assert.deepEqual(await pullSecret(workspace, [...argv, '--out=-'], { columns: 80 }), {
        code: 2,
        stdout: '',
        stderr:
          'deploykf-values: the manifest would contain passwords and is not printed to a terminal: write it with --out FILE, or pipe it with | kubectl apply -f -\n',
      });
      const blank = await pullSecret(workspace, ['--form', 'manifest']);
      assert.deepEqual(await pullSecret(workspace, ['--out', '-']), blank);
      assert.equal(existsSync(join(workspace.root, '-')), false);
    }),
  );

  it(
    'warns of a file that git would take in',
    inWorkspace(
      { ...files, '.gitignore': '/private/\n', 'deep/.gitignore': '*.secret.yaml\n' },
      async workspace => {
        const warned = async (out: string): Promise<boolean> =>
          (await pullSecret(workspace, [...argv, '--force', '--out', out])).stderr.includes(
            'is in a git work tree and not ignored',
          );
        mkdirSync(join(workspace.root, 'private'));
        assert.equal(await warned('a.yaml'), false);
        mkdirSync(join(workspace.root, '.git'));
        assert.deepEqual(
          [
            await warned('a.yaml'),
            await warned('private/a.yaml'),
            await warned('deep/a.yaml'),
            await warned('deep/a.secret.yaml'),
          ],
          [true, false, true, false],
        );
      },
    ),
  );

  it(
    'says which registries have no login that a kubelet can use',
    inWorkspace(files, async workspace => {
      const some = await pullSecret(workspace, [...argv, '--registry', 'aks.example.com,none.example.com']);
      assert.equal(some.code, 1);
      assert.equal(Object.keys((dataOf(some.stdout) as { auths: object }).auths).length, 2);
      assert.match(
        some.stderr,
        /aks\.example\.com: there is only an identity token, which a kubelet cannot use/,
      );
      assert.match(some.stderr, /none\.example\.com: there is no login, run docker login first/);
      assert.deepEqual(leaks({ stdout: '', stderr: some.stderr }), []);
      workspace.write(
        'docker/config.json',
        '{"auths": {"harbor.example.com": {}}, "credsStore": "osxkeychain"}',
      );
      const none = await pullSecret(workspace, ['--from-docker-config', '--out', 'secret.yaml']);
      assert.deepEqual(
        [none.code, none.stdout, existsSync(join(workspace.root, 'secret.yaml'))],
        [2, '', false],
      );
      assert.match(
        none.stderr,
        /harbor\.example\.com: its password is kept by the credential store "osxkeychain", not in the file, and a kubelet does not ask helpers\n/,
      );
    }),
  );

  it(
    'quotes nothing of a docker config that it cannot read',
    inWorkspace(
      { ...files, 'docker/config.json': `{"auths": {"harbor.example.com": {"auth": "${auth}"` },
      async workspace => {
        const broken = await pullSecret(workspace, argv);
        assert.deepEqual([broken.code, broken.stdout, leaks(broken)], [2, '', []]);
        assert.match(broken.stderr, /the docker config \S+config\.json is not JSON\n$/);
        const missing = await pullSecret(workspace, argv, {
          env: { DOCKER_CONFIG: '', HOME: workspace.root },
        });
        assert.match(missing.stderr, /\.docker\/config\.json does not exist\n$/);
      },
    ),
  );

  it(
    'is the only way that credentials get out',
    inWorkspace(files, async workspace => {
      const others = [
        [],
        ['--form', 'manifest'],
        ['--registry', 'harbor.example.com'],
        ['--explain'],
        ['--explain', '--format', 'json'],
        ['--add', '--dry-run'],
        ['--add', '--dry-run', '--format', 'json'],
        ['docker/config.json'],
        ['--help'],
      ];
      for (const words of others) {
        const result = await pullSecret(workspace, words);
        assert.deepEqual(leaks(result), [], words.join(' '));
      }
    }),
  );
});

describe('pull-secret --add', () => {
  const block =
    'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        enabled: true\n        registryCredentials:\n          - existingSecret: reg\n            existingSecretNamespace: argocd\n';
  const argv = ['--add', '--name', 'reg'];

  it(
    'writes the values, once',
    inWorkspace({ 'prod.yaml': `\uFEFF${values}` }, async workspace => {
      assert.deepEqual(await pullSecret(workspace, [...argv, 'prod.yaml']), {
        code: 0,
        stdout: 'Added it to prod.yaml\n',
        stderr: '',
      });
      assert.equal(workspace.read('prod.yaml'), `\uFEFF${values}${block}`);
      assert.deepEqual(await pullSecret(workspace, [...argv, 'prod.yaml']), {
        code: 0,
        stdout: 'Nothing to add: the values already name the Secret\n',
        stderr: '',
      });
      assert.equal(workspace.read('prod.yaml'), `\uFEFF${values}${block}`);
    }),
  );

  it(
    'shows the change, as a diff, JSON, or a filter',
    inWorkspace({ 'prod.yaml': values }, async workspace => {
      const dry = await pullSecret(workspace, [...argv, 'prod.yaml', '--dry-run']);
      assert.deepEqual([dry.code, dry.stderr], [0, 'Would add it to prod.yaml\n']);
      assert.equal(
        dry.stdout,
        `--- a/prod.yaml\n+++ b/prod.yaml\n@@ -1,3 +1,11 @@\n${values.replace(/^(?=.)/gm, ' ')}${block.replace(/^(?=.)/gm, '+')}`,
      );
      const end = { line: 2, character: 17 };
      assert.deepEqual(await workspace.json(['pull-secret', ...argv, 'prod.yaml', '--dry-run']), {
        schema: 1,
        edits: [
          { file: 'prod.yaml', edits: [{ range: { start: end, end }, newText: `\n${block.trimEnd()}` }] },
        ],
      });
      assert.equal(workspace.read('prod.yaml'), values);
      const piped = await pullSecret(workspace, [...argv, '-'], { stdin: values });
      assert.deepEqual(piped, { code: 0, stdout: values + block, stderr: 'Added it to -\n' });
    }),
  );

  it(
    'leaves JSON as JSON',
    inWorkspace({ 'prod.json': '{"kubeflow_tools": {"katib": {"enabled": true}}}\n' }, async workspace => {
      const kyverno = (...names: readonly string[]): unknown => ({
        clusterPolicies: {
          imagePullSecrets: {
            enabled: true,
            registryCredentials: names.map(name => ({
              existingSecret: name,
              existingSecretNamespace: 'argocd',
            })),
          },
        },
      });
      const read = (): unknown => JSON.parse(workspace.read('prod.json'));
      const katib = { enabled: true };
      for (const names of [['reg'], ['reg', 'other']]) {
        const last = names.at(-1) ?? '';
        assert.equal((await pullSecret(workspace, ['--add', '--name', last, 'prod.json'])).code, 0);
        assert.deepEqual(read(), {
          kubeflow_tools: { katib },
          deploykf_dependencies: { kyverno: kyverno(...names) },
        });
      }
    }),
  );

  it(
    'takes the strongest file of a stack, or the one with the list',
    inWorkspace(
      {
        'base.yaml': block.replace(': reg', ': first'),
        'prod.yaml': values,
        '.deploykf-values.yaml': 'stacks:\n  - {name: prod, values: [base.yaml, prod.yaml]}\n',
      },
      async workspace => {
        const listed = await pullSecret(workspace, [...argv, '--stack', 'prod']);
        assert.deepEqual(listed, { code: 0, stdout: 'Added it to base.yaml\n', stderr: '' });
        workspace.write('base.yaml', values);
        const { stdout } = await pullSecret(workspace, [...argv, '--values', 'base.yaml', 'prod.yaml']);
        assert.equal(stdout, 'Added it to prod.yaml\n');
      },
    ),
  );

  it(
    'says why it cannot, or why it does nothing yet',
    inWorkspace(
      {
        'off.yaml': 'deploykf_dependencies: {kyverno: {enabled: false}}\n',
        'prod.yaml': values,
        'bad.yaml': 'a: [\n',
      },
      async workspace => {
        const off = await pullSecret(workspace, [...argv, 'off.yaml']);
        assert.deepEqual([off.code, off.stdout], [1, 'Added it to off.yaml\n']);
        assert.match(
          off.stderr,
          /imagePullSecrets" still does nothing: "deploykf_dependencies\.kyverno\.enabled" is false/,
        );
        const bad = await pullSecret(workspace, [...argv, 'bad.yaml']);
        assert.deepEqual(
          [bad.code, bad.stderr],
          [
            2,
            'deploykf-values: The values cannot be read completely: correct the YAML, or add it by hand where a template fills in lines\n',
          ],
        );
        const name = await pullSecret(workspace, ['--add', '--name', 'A', 'prod.yaml']);
        assert.deepEqual([name.code, workspace.read('prod.yaml')], [2, values]);
        const old = await pullSecret(workspace, ['--add', 'prod.yaml', '--release', '0.1.0']);
        assert.equal(old.code, 2);
      },
    ),
  );
});
