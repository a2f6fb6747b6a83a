import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { rules } from '../../server/src/core/rules/index.ts';
import { inWorkspace, onlyRules } from '../support/cli.ts';
import { canary, leakIn } from '../support/tornSecrets.ts';

/** SARIF's own schema, as Microsoft's matchers ship it. */
const schemaFile = createRequire(import.meta.url).resolve(
  '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
);
const { $schema, id, ...schema } = JSON.parse(readFileSync(schemaFile, 'utf8')) as Record<string, unknown>;
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
(addFormats as unknown as { default: (to: Ajv) => void }).default(ajv);
const isSarif = ajv.compile(schema);

const codes = rules.map(rule => rule.code);
const only = onlyRules(['image-tag-type', 'image-unknown', 'yaml-duplicate-key'], codes);
const prod = [
  'kubeflow_tools:',
  '  pipelines:',
  '    images:',
  '      kfpApiSever:',
  '        tag: 2.10',
  '        tag: 2.10',
  '',
].join('\n');
const clean = 'kubeflow_tools:\n  katib:\n    enabled: true\n';
const files = { 'a b/prod.yaml': prod, 'clean.yaml': clean, '.deploykf-values.yaml': only };
const formats = ['json', 'sarif', 'github', 'gitlab', 'junit'];

function sarifErrors(text: string): unknown {
  isSarif(JSON.parse(text));
  return isSarif.errors;
}

describe('check --format', () => {
  it('tests with the schema of SARIF 2.1.0', () => {
    assert.match(String($schema), /json-schema\.org/);
    assert.match(String(id), /sarif-2\.1\.0/);
    assert.notEqual(sarifErrors('{"version":"2.1.0","runs":[{"tool":{}}]}'), null);
  });

  it(
    'sarif is valid with findings and without, and holds every rule with its page',
    inWorkspace(files, async workspace => {
      const dirty = await workspace.run(['check', 'a b/prod.yaml', 'clean.yaml', '--format', 'sarif']);
      const none = await workspace.run(['check', 'clean.yaml', '--format', 'sarif']);
      assert.deepEqual([dirty.code, none.code, dirty.stderr, none.stderr], [1, 0, '', '']);
      assert.equal(sarifErrors(dirty.stdout), null);
      assert.equal(sarifErrors(none.stdout), null);
      const log = JSON.parse(dirty.stdout) as {
        runs: {
          tool: { driver: { rules: { id: string; help: { text: string; markdown: string } }[] } };
          results: { ruleId: string; ruleIndex: number }[];
        }[];
      };
      const [run] = log.runs;
      const described = run?.tool.driver.rules ?? [];
      assert.deepEqual(
        described.map(rule => rule.id),
        codes,
      );
      for (const { id: code, help } of described) {
        assert.ok(help.text.length > 80, code);
        assert.ok(help.markdown.startsWith(`# ${code}\n`), code);
      }
      for (const { ruleId, ruleIndex } of run?.results ?? []) assert.equal(described[ruleIndex]?.id, ruleId);
      assert.deepEqual(
        run?.results.map(({ ruleId }) => ruleId),
        ['image-unknown', 'yaml-duplicate-key'],
      );
    }),
  );

  it(
    'sarif is the same in another folder, and its fingerprints in another line',
    inWorkspace(files, async first =>
      inWorkspace(files, async second => {
        const run = async (workspace: typeof first): Promise<string> =>
          (await workspace.run(['check', 'a b/prod.yaml', '--format', 'sarif'])).stdout;
        const before = await run(first);
        assert.equal(await run(second), before);
        second.write('a b/prod.yaml', `# moved\n\n${prod}`);
        const prints = (text: string): unknown => text.match(/"deploykfValues\/v1": "[^"]+"/g);
        assert.deepEqual(prints(await run(second)), prints(before));
      })(),
    ),
  );

  it(
    'github and junit have the findings and nothing else',
    inWorkspace(files, async workspace => {
      const github = await workspace.run(['check', 'a b/prod.yaml', '--format', 'github']);
      assert.equal(
        github.stdout,
        [
          '::warning file=a b/prod.yaml,line=4,endLine=4,col=7,endColumn=18,title=image-unknown::0.1.5 has no image "kfpApiSever", did you mean "kfpApiServer"?',
          '::error file=a b/prod.yaml,line=6,endLine=6,col=9,endColumn=12,title=yaml-duplicate-key::"tag" is already on line 5, deployKF refuses the whole file: remove one of them',
          '',
        ].join('\n'),
      );
      const junit = await workspace.run([
        'check',
        'a b/prod.yaml',
        '--format',
        'junit',
        '--fail-on',
        'error',
      ]);
      assert.match(junit.stdout, /^<\?xml[^]* tests="2" failures="1"[^]*<\/testsuites>\n$/);
    }),
  );

  it(
    'says in every format what could not be looked at',
    inWorkspace(files, async workspace => {
      for (const format of formats) {
        const argv = ['check', 'clean.yaml', 'u16.yaml', '--format', format];
        workspace.write('u16.yaml', Buffer.from(`\ufeff${clean}`, 'utf16le'));
        const { code, stdout } = await workspace.run(argv);
        assert.equal(code, 1, format);
        assert.match(stdout, /u16\.yaml is not UTF-8 text: save it as UTF-8/, format);
      }
      const { stdout } = await workspace.run(['check', 'clean.yaml', 'u16.yaml', '--format', 'junit']);
      assert.match(stdout, /<testsuites name="deploykf-values" tests="2" failures="0" errors="1">/);
    }),
  );

  it(
    'has the paths of the repository in jobs that work in a folder of it',
    inWorkspace(files, async workspace => {
      const cwd = 'a b';
      const paths: unknown[] = [];
      for (const [format, name] of [
        ['github', 'GITHUB_WORKSPACE'],
        ['sarif', 'GITHUB_WORKSPACE'],
        ['gitlab', 'CI_PROJECT_DIR'],
        ['json', 'GITHUB_WORKSPACE'],
      ] as const) {
        const { stdout } = await workspace.run(['check', 'prod.yaml', '--format', format], {
          cwd,
          env: { [name]: workspace.root },
        });
        paths.push(/(?:file=|"(?:uri|path|file)": ?")([^",]*prod\.yaml)/.exec(stdout)?.[1]);
        const other = await workspace.run(['check', 'prod.yaml', '--format', format], {
          cwd,
          env: { [name]: join(workspace.root, 'elsewhere') },
        });
        assert.doesNotMatch(other.stdout, /a(?: |%20)b\/prod/, format);
      }
      assert.deepEqual(paths, ['a b/prod.yaml', 'a%20b/prod.yaml', 'a b/prod.yaml', 'prod.yaml']);
    }),
  );

  it(
    'has the paths of the repository where it or the folder is reached through a link',
    inWorkspace({ ...files, 'x/.keep': '' }, async workspace => {
      symlinkSync('..', join(workspace.root, 'x/link'));
      const run = async (cwd: string, root: string, file = 'prod.yaml'): Promise<string | undefined> => {
        const env = { GITHUB_WORKSPACE: join(workspace.root, root) };
        const { stdout } = await workspace.run(['check', file, '--format', 'github'], { cwd, env });
        return /file=([^,]*)/.exec(stdout)?.[1];
      };
      assert.equal(await run('a b', 'x/link'), 'a b/prod.yaml');
      assert.equal(await run('x/link/a b', '.'), 'a b/prod.yaml');
      assert.equal(await run('x/link/a b', 'x/link'), 'a b/prod.yaml');
      assert.equal(await run('a b', 'x'), 'prod.yaml');
      const byLink = join(workspace.root, 'x/link/a b/prod.yaml');
      assert.equal(await run('a b', 'x/link', byLink), 'a b/prod.yaml');
      symlinkSync('../a b', join(workspace.root, 'x/folder'));
      const folder = join(workspace.root, 'x/folder');
      assert.equal(await run('a b', 'x/folder', folder), 'prod.yaml');
      assert.equal(await run('a b', '.', folder), 'a b/prod.yaml');
    }),
  );

  it(
    'is a report of what is wrong also where nothing could be checked',
    inWorkspace({ ...files, 'a/a.yaml': clean }, async workspace => {
      const env = { GITHUB_WORKSPACE: workspace.root };
      const report = async (argv: readonly string[], format: string, cwd = '.'): Promise<string> => {
        const { code, stdout, stderr } = await workspace.run(['check', ...argv, '--format', format], {
          env,
          cwd,
        });
        assert.equal(code, 2, format);
        assert.match(stderr, /^deploykf-values: ./, format);
        return stdout;
      };
      for (const argv of [
        ['no.yaml'],
        ['--stack', 'no'],
        ['--nonsense'],
        ['clean.yaml', '--baseline', 'no.json'],
      ]) {
        assert.match(await report(argv, 'github'), /^::error title=deploykf-values::[^\n]+\n$/);
        assert.match(await report(argv, 'junit'), /tests="1" failures="0" errors="1">\n.*\n.*\n *<error /);
        const [finding, ...others] = JSON.parse(await report(argv, 'gitlab')) as { severity: string }[];
        assert.deepEqual([finding?.severity, others], ['blocker', []]);
        const sarif = await report(argv, 'sarif');
        assert.equal(sarifErrors(sarif), null);
        assert.match(sarif, /"executionSuccessful": false/);
        assert.equal(await report([...argv, '--output', 'x.sarif'], 'sarif'), '');
        assert.match(await report([...argv, '--output', 'x.txt'], 'github'), /^::error /);
      }
      workspace.write('a/.deploykf-values.yaml', 'rules: [\n');
      assert.match(
        await report([], 'github', 'a'),
        /^::error file=a\/\.deploykf-values\.yaml,line=\d+,col=\d+,title=deploykf-values::[^\n]+\n$/,
      );
    }),
  );

  it(
    'says on standard error that nothing was checked',
    inWorkspace({ 'other.yaml': 'kubeflow_toolz: {}\n' }, async workspace => {
      const nothing =
        'deploykf-values: 1 file (other.yaml) skipped: not deployKF values, so nothing was checked\n';
      for (const more of [['-q'], ...formats.map(format => ['--format', format])]) {
        const { code, stderr } = await workspace.run(['check', 'other.yaml', ...more]);
        assert.deepEqual([code, stderr], [0, nothing], more.join(' '));
      }
      for (const stdin of ['', 'foo: [']) {
        const { code, stderr } = await workspace.run(['check', '-q', '-'], { stdin });
        assert.equal(code, 2);
        assert.equal(
          stderr,
          'deploykf-values: standard input does not hold deployKF values, so nothing was checked\n',
        );
        const fixed = await workspace.run(['fix', '-'], { stdin });
        assert.deepEqual([fixed.code, fixed.stdout], [2, '']);
      }
    }),
  );

  it(
    'prints nothing for people where it cannot run',
    inWorkspace(files, async workspace => {
      for (const argv of [['no.yaml'], ['no.yaml', '--format', 'text'], ['no.yaml', '--format', 'xml']])
        assert.equal((await workspace.run(['check', ...argv])).stdout, '', argv.join(' '));
    }),
  );

  it(
    'shows no credential in any format',
    inWorkspace(
      {
        'app.yaml': [
          'kubeflow_tools:',
          '  katib:',
          '    enabld: true',
          'argocd:',
          '  extraManifests:',
          '    - kind: Secret',
          '      stringData:',
          `        password: ${canary}`,
          `        password: ${canary}`,
          '',
        ].join('\n'),
      },
      async workspace => {
        for (const format of [...formats, 'text']) {
          const { stdout, stderr } = await workspace.run(['check', 'app.yaml', '--format', format]);
          assert.equal(leakIn(stdout + stderr), undefined, format);
          assert.match(stdout, /yaml-duplicate-key/, format);
        }
      },
    ),
  );

  it(
    'is known to check alone',
    inWorkspace(files, async workspace => {
      const { code, stderr } = await workspace.run(['images', 'clean.yaml', '--format', 'sarif']);
      assert.equal(code, 2);
      assert.match(stderr, /--format cannot be "sarif": use text, json/);
    }),
  );
});

describe('check --output', () => {
  it(
    'writes the file and nothing to standard output',
    inWorkspace(files, async workspace => {
      for (const format of [...formats, 'text']) {
        const argv = ['check', 'a b/prod.yaml', '--format', format];
        const printed = await workspace.run(argv);
        const written = await workspace.run([...argv, '--output', 'report'], { columns: 40 });
        assert.deepEqual([written.code, written.stdout, written.stderr], [1, '', ''], format);
        assert.equal(workspace.read('report'), printed.stdout);
      }
    }),
  );

  it(
    'writes to devices and pipes',
    inWorkspace(files, async workspace => {
      if (process.platform === 'win32') return;
      const argv = ['check', 'a b/prod.yaml', '--format', 'json'];
      const { stdout } = await workspace.run(argv);
      assert.deepEqual(await workspace.run([...argv, '-o', '/dev/null']), {
        code: 1,
        stdout: '',
        stderr: '',
      });
      assert.equal((await workspace.run([...argv, '-o', '/dev/stdout'])).stdout, stdout);
      const pipe = join(workspace.root, 'pipe');
      execFileSync('mkfifo', [pipe]);
      const read = promisify(execFile)('cat', [pipe]);
      assert.equal((await workspace.run([...argv, '-o', 'pipe'])).stderr, '');
      assert.equal((await read).stdout, stdout);
    }),
  );

  it(
    'leaves what is checked alone, and says where it cannot write',
    inWorkspace(files, async workspace => {
      const own = await workspace.run(['check', 'clean.yaml', '--output', './clean.yaml']);
      assert.deepEqual(own, {
        code: 2,
        stdout: '',
        stderr:
          'deploykf-values: clean.yaml is one of the files that are checked and is left alone: name another one\n',
      });
      assert.equal(workspace.read('clean.yaml'), clean);
      const nowhere = await workspace.run(['check', 'clean.yaml', '-o', 'no/where']);
      assert.equal(nowhere.code, 2);
      assert.match(nowhere.stderr, /no\/where /);
    }),
  );
});

describe('what makes check fail', () => {
  const two = [
    'kubeflow_tools:',
    '  pipelines:',
    '    images:',
    '      kfpApiSever: { tag: "2.1.0" }',
    '      kfpFrontent: { tag: "2.1.0" }',
    '',
  ].join('\n');
  it(
    'is more warnings than --max-warnings, and any error',
    inWorkspace(
      { 'two.yaml': two, 'a b/prod.yaml': prod, '.deploykf-values.yaml': only },
      async workspace => {
        const code = async (...argv: string[]): Promise<number> =>
          (await workspace.run(['check', ...argv])).code;
        assert.equal(await code('two.yaml'), 1);
        assert.equal(await code('two.yaml', '--max-warnings', '2'), 0);
        assert.equal(await code('two.yaml', '--max-warnings', '1'), 1);
        assert.equal(await code('two.yaml', '--max-warnings', '1', '--fail-on', 'never'), 1);
        assert.equal(await code('two.yaml', '--fail-on', 'never'), 0);
        assert.equal(await code('two.yaml', '--fail-on', 'hint'), 1);
        assert.equal(await code('a b/prod.yaml', '--max-warnings', '99'), 1);
        assert.equal(await code('a b/prod.yaml', '--fail-on', 'never'), 0);
        assert.equal(await code('two.yaml', '--max-warnings', 'x'), 2);
      },
    ),
  );
});
