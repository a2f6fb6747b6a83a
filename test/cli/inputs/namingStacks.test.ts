import assert from 'node:assert/strict';
import { inWorkspace, type CliWorkspace } from '../../support/cli.ts';
import { application } from '../../support/manifests.ts';

const values = 'kubeflow_tools: { katib: { enabled: true } }\n';

interface Taken {
  readonly release: string;
  readonly releaseFrom: string;
}

async function taken(workspace: CliWorkspace, ...argv: readonly string[]): Promise<string> {
  const json = (await workspace.json(['images', ...argv])) as Taken;
  return `${json.release} ${json.releaseFrom}`;
}

const script = (release: string): string =>
  `RELEASE=${release}\ndeploykf generate --source-version "$RELEASE" --values ./prod.yaml\n`;
const app = application(
  'deploykf',
  '- { name: source_version, string: "0.1.3" }',
  '- { name: values_files, array: [prod.yaml] }',
);

describe('A file that is named alone', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['a command, with its variables', { 'deploy.sh': script('0.1.4') }, '0.1.4 named'],
    [
      'a command above the project file',
      { 'deploy.sh': script('0.1.4'), '.deploykf-values.yaml': 'release: 0.1.2\n' },
      '0.1.4 named',
    ],
    ['an Application before a command', { 'deploy.sh': script('0.1.4'), 'app.yaml': app }, '0.1.3 named'],
    [
      'a stack of the project file',
      { '.deploykf-values.yaml': 'stacks: [{ name: p, release: 0.1.2, values: [prod.yaml] }]\n' },
      '0.1.2 named',
    ],
    ['the project file', { '.deploykf-values.yaml': 'release: 0.1.2\n' }, '0.1.2 named'],
    [
      'the newest of commands that disagree',
      { 'a.sh': script('0.1.4'), 'b.sh': script('0.1.3') },
      '0.1.4 stacks',
    ],
    ["deployKF's own output", { '.deploykf_output': '{ "source_version": "v0.1.3" }' }, '0.1.3 output'],
    ['nothing', { 'deploy.sh': script('0.1.4').replace('prod', 'other') }, '0.1.5 newest'],
  ];
  for (const [title, files, expected] of cases)
    it(
      `is taken for the release of ${title}`,
      inWorkspace({ 'prod.yaml': values, ...files }, async workspace =>
        assert.equal(await taken(workspace, 'prod.yaml'), expected),
      ),
    );

  it(
    'is taken for the release that the user names before all others',
    inWorkspace({ 'prod.yaml': values, 'deploy.sh': script('0.1.4') }, async workspace =>
      assert.equal(await taken(workspace, 'prod.yaml', '--release', '0.1.1'), '0.1.1 named'),
    ),
  );

  it(
    'is not searched for in more files than can be read in no time',
    inWorkspace(
      {
        'prod.yaml': values,
        'z/deploy.sh': script('0.1.4').replace('./prod', '../prod'),
        'huge.yaml': `${'# deploykf_core:\n'.repeat(30_000)}deploykf_core: {}\n`,
        ...Object.fromEntries(Array.from({ length: 420 }, (_, index) => [`y/${index}.yaml`, 'a: 1\n'])),
      },
      async workspace => assert.equal(await taken(workspace, 'prod.yaml'), '0.1.5 newest'),
    ),
  );

  it(
    'has its script anywhere in the git work tree, and not outside of it',
    inWorkspace(
      {
        'repo/.git/config': '',
        'repo/envs/prod.yaml': values,
        'repo/ci/deploy.sh': 'deploykf generate -V 0.1.4 -f ../envs/prod.yaml\n',
        'own/.git/config': '',
        'own/prod.yaml': values,
        'deploy.sh': 'deploykf generate -V 0.1.4 -f own/prod.yaml\n',
      },
      async workspace => {
        const run = async (cwd: string): Promise<Taken> =>
          JSON.parse(
            (await workspace.run(['images', 'prod.yaml', '--format', 'json'], { cwd })).stdout,
          ) as Taken;
        assert.equal((await run('repo/envs')).release, '0.1.4');
        assert.equal((await run('own')).releaseFrom, 'newest');
      },
    ),
  );

  it(
    'does not care for project files elsewhere, broken or wrong',
    inWorkspace(
      {
        'prod.yaml': values,
        'deploy.sh': script('0.1.4'),
        'other/.deploykf-values.yaml': 'release: [\n',
        'other/values.yaml': values,
        'third/.deploykf-values.yaml': 'releese: 1\n',
        'third/values.yaml': values,
      },
      async workspace => {
        const { stdout, stderr, code } = await workspace.run(['check', 'prod.yaml', '--fail-on', 'error']);
        assert.doesNotMatch(stdout + stderr, /other\/|third\//);
        assert.notEqual(code, 2);
        assert.equal(await taken(workspace, 'prod.yaml'), '0.1.4 named');
      },
    ),
  );
});
