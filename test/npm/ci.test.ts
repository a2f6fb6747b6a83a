import assert from 'node:assert/strict';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { CliWorkspace } from '../support/cli.ts';
import { canRun } from '../support/exports.ts';
import { NpxSurroundings } from '../support/npx.ts';
import { runProgram, type Ran } from '../support/shell.ts';
import { readText, root } from '../support/sources.ts';

const prod = 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: 2.40\n';
const project = 'stacks:\n  - {name: prod, release: 0.1.5, values: [prod.yaml]}\n';
const finding = /^prod\.yaml:5:14 error image-tag-type /m;

describe('in CI', function () {
  this.timeout(60_000);
  const npx = new NpxSurroundings();
  let workspace: CliWorkspace;

  before(() => npx.start());
  after(() => npx.stop());
  beforeEach(() => {
    workspace = new CliWorkspace({ 'prod.yaml': prod, '.deploykf-values.yaml': project });
  });
  afterEach(() => workspace.remove());

  function inFolder(
    argv: readonly string[],
    env: Readonly<Record<string, string>> = {},
    folder = '.',
  ): Promise<Ran> {
    const [file = '', ...words] = argv;
    return runProgram(file, words, { cwd: join(workspace.root, folder), env: { ...npx.env, ...env } });
  }

  async function commitAll(folder: string): Promise<void> {
    const git = ['git', '-c', 'user.name=Me', '-c', 'user.email=me@example.com'];
    for (const words of [
      ['init', '-q', '-b', 'main'],
      ['add', '-A'],
      ['commit', '-q', '-m', 'All'],
    ]) {
      const { code, stderr } = await inFolder([...git, ...words], {}, folder);
      assert.equal(code, 0, stderr);
    }
  }

  it('everything installs the version that it belongs to', () => {
    for (const file of ['.pre-commit-hooks.yaml', 'docs/ci.md', 'docs/install.md']) {
      const named = [...(readText(file) ?? '').matchAll(/deploykf-values(?:@v?|-)(\d+\.\d+\.\d+)/g)];
      assert.deepEqual(new Set(named.map(([, version]) => version)), new Set([manifest.version]), file);
    }
    assert.equal(readAction().inputs['version']?.default, manifest.version);
  });

  it('pre-commit runs its hooks', async function () {
    if (!canRun('pre-commit', '--version')) {
      assert.notEqual(process.env.CI, 'true', 'pre-commit is not installed');
      this.skip();
    }
    workspace.write('hooks/x', '');
    copyFileSync(join(root, '.pre-commit-hooks.yaml'), join(workspace.root, 'hooks/.pre-commit-hooks.yaml'));
    await commitAll('hooks');
    await inFolder(['git', 'tag', 'v1'], {}, 'hooks');
    workspace.write('repository/prod.yaml', prod);
    workspace.write('repository/.deploykf-values.yaml', project);
    const hooks = [{ id: 'deploykf-values', args: ['--fail-on', 'error'] }, { id: 'deploykf-values-fix' }];
    const config = { repos: [{ repo: '../hooks', rev: 'v1', hooks }] };
    workspace.write('repository/.pre-commit-config.yaml', JSON.stringify(config));
    await commitAll('repository');
    const env = { PRE_COMMIT_HOME: join(workspace.root, 'cache') };
    const { code, stdout } = await inFolder(['pre-commit', 'run', '--all-files'], env, 'repository');
    assert.equal(code, 1);
    assert.match(stdout, finding);
    assert.match(stdout, /^fix deployKF values\.+Failed\n[^]*- files were modified by this hook/m);
    assert.match(workspace.read('repository/prod.yaml'), /tag: "2\.40"/);
    await inFolder(['git', 'rm', '-qf', 'prod.yaml'], {}, 'repository');
    const deleted = await inFolder(['pre-commit', 'run'], env, 'repository');
    assert.equal(deleted.code, 1);
    assert.match(deleted.stdout, /prod\.yaml.* does not exist/);
  });

  it('the action annotates a file', async () => {
    const { code, stdout } = await runAction({ stack: 'prod' });
    assert.equal(code, 1);
    assert.match(stdout, /^::error file=prod\.yaml,line=5,/m);
  });

  it('the action takes files, a folder to run in and an output', async () => {
    workspace.write('below/a b.yaml', prod);
    const inputs = { files: 'a b.yaml\n', 'working-directory': 'below', format: 'sarif', output: 'a.sarif' };
    assert.equal((await runAction(inputs)).code, 1);
    assert.match(workspace.read('below/a.sarif'), /"ruleId": "image-tag-type"/);
    assert.equal((await runAction({ values: 'prod.yaml\n', 'fail-on': 'never' })).code, 0);
  });

  it('the action runs nothing of its inputs', async () => {
    const hostile = '$(touch pwned)`touch pwned`"; touch pwned; "\n--output=pwned\n\'; touch pwned; \'';
    const names = Object.keys(readAction().inputs).filter(name => name !== 'working-directory');
    const all = await runAction(Object.fromEntries(names.map(name => [name, hostile])));
    assert.deepEqual([all.code, all.stdout], [2, '::error::version has to be a version, such as 0.1.0\n']);
    const others = names.filter(name => name !== 'version');
    assert.equal((await runAction(Object.fromEntries(others.map(name => [name, hostile])))).code, 2);
    assert.ok(!existsSync(join(workspace.root, 'pwned')));
  });

  it('the job of GitLab writes its report', async () => {
    const job = snippet('codequality') as { readonly 'deploykf-values': { readonly script: string[] } };
    const script = job['deploykf-values'].script.join('\n');
    assert.equal((await inFolder(['bash', '-eo', 'pipefail', '-c', script])).code, 1);
    const report = JSON.parse(workspace.read('gl-code-quality-report.json')) as readonly object[];
    assert.ok(report.some(item => 'check_name' in item && item.check_name === 'image-tag-type'));
  });

  it('the Job of Argo CD checks a commit before a sync', async () => {
    const job = snippet('PreSync') as ArgoJob;
    const [container] = job.spec.template.spec.containers;
    const [shell = '', flags = ''] = container?.command ?? [];
    const [script = ''] = container?.args ?? [];
    await commitAll('.');
    const folder = join(workspace.root, 'clone');
    const env = { REPOSITORY: `file://${workspace.root}`, REVISION: 'main' };
    const ran = await inFolder([shell, flags, script.replaceAll('/tmp/values', folder)], env);
    assert.equal(ran.code, 1, ran.stderr);
    assert.match(ran.stdout, finding);
  });

  /** Runs the steps of the action as a runner does. */
  async function runAction(inputs: Readonly<Record<string, string>>): Promise<Ran> {
    const action = readAction();
    const given = (text: string): string =>
      text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_all, name: string) => {
        const input = action.inputs[name];
        assert.ok(input, name);
        return inputs[name] ?? input.default;
      });
    const [step, ...others] = action.runs.steps;
    assert.ok(step && others.length === 0);
    assert.doesNotMatch(step.run, /\$\{\{/);
    workspace.write('step.sh', step.run);
    const argv = ['bash', '--noprofile', '--norc', '-eo', 'pipefail', join(workspace.root, 'step.sh')];
    const env = Object.fromEntries(Object.entries(step.env).map(([name, text]) => [name, given(text)]));
    return inFolder(argv, env, given(step['working-directory']));
  }
});

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string } | undefined>>;
  readonly runs: { readonly steps: readonly Step[] };
}

interface Step {
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
  readonly 'working-directory': string;
}

interface ArgoJob {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly {
          readonly command: readonly string[];
          readonly args: readonly string[];
        }[];
      };
    };
  };
}

function readAction(): Action {
  return parse(readText('action.yml') ?? '') as Action;
}

/** The YAML of the guide that has a word in it. */
function snippet(word: string): unknown {
  const page = readText('docs/ci.md') ?? '';
  const found = [...page.matchAll(/^```yaml\n([^]*?)^```$/gm)].filter(([, text = '']) => text.includes(word));
  assert.equal(found.length, 1);
  return parse(found[0]?.[1] ?? '');
}
