import assert from 'node:assert/strict';
import { rules } from '../../server/src/core/rules/index.ts';
import { inWorkspace, onlyRules, type CliWorkspace } from '../support/cli.ts';
import { application } from '../support/manifests.ts';

const codes = rules.map(rule => rule.code);
const project = [
  'release: 0.1.5',
  'registry: { rules: [{ source: "*", target: "r.example.com/{registry}/{path}" }] }',
  onlyRules(['image-public', 'suppression-unused'], codes),
].join('\n');
const base =
  'deploykf_core: { deploykf_auth: { images: { dex: { repository: ghcr.io/dexidp/dex, tag: v2.39.1 } } } }\n';
const suppressed = `# deploykf-values-ignore-file image-public ours\n${base}`;
const files = {
  '.deploykf-values.yaml': project,
  'base.yaml': suppressed,
  'a.yaml': base.replace('ghcr.io', 'r.example.com/ghcr.io'),
  'b.yaml': 'kubeflow_tools: { volumes: { enabled: true } }\n',
};

function script(...layers: readonly string[]): string {
  return `deploykf generate --source-version 0.1.5 ${layers.map(layer => `--values ${layer}`).join(' ')} --output-dir out\n`;
}

function app(name: string, ...layers: readonly string[]): string {
  return application(
    name,
    '- { name: source_version, string: "0.1.5" }',
    `- { name: values_files, array: [${layers.join(', ')}] }`,
  );
}

const scripts = {
  ...files,
  'a.sh': script('base.yaml', 'a.yaml'),
  'b.sh': script('base.yaml', 'b.yaml'),
};
const applications = {
  ...files,
  'a-app.yaml': app('a', 'base.yaml', 'a.yaml'),
  'b-app.yaml': app('b', 'base.yaml', 'b.yaml'),
};

/** The codes that a check reports. */
async function found(workspace: CliWorkspace, argv: readonly string[], cwd = '.'): Promise<string> {
  const { findings } = (await workspace.json(['check', ...argv], { cwd })) as {
    findings: { code: string }[];
  };
  return findings.map(({ code }) => code).join(' ');
}

describe('A layer that stacks share which are not all looked at', () => {
  const cases: readonly (readonly [string, typeof files, readonly string[]])[] = [
    ['a script', scripts, ['a.sh']],
    ['an Application', applications, ['a-app.yaml']],
    ['a stack by its name', scripts, ['--stack', 'a.sh']],
    ['the layers of a stack', scripts, ['--values', 'base.yaml', 'a.yaml']],
    ['layers that no file names', files, ['--values', 'base.yaml', 'a.yaml']],
  ];
  for (const [title, all, argv] of cases)
    it(
      `keeps its comment and its entry of the baseline with ${title}`,
      inWorkspace(all, async workspace => {
        assert.equal(await found(workspace, argv), '');
        await workspace.run(['fix', ...argv, '--only', 'suppression-unused']);
        assert.equal(workspace.read('base.yaml'), suppressed);
        workspace.write('base.yaml', base);
        const baseline = ['--baseline', 'base.json'];
        const others = all === files ? ['--values', 'base.yaml', 'b.yaml'] : [];
        await workspace.run(['check', ...others, ...baseline, '--update-baseline']);
        const text = workspace.read('base.json');
        assert.match(text, /image-public/);
        const { stdout } = await workspace.run(['check', ...argv, ...baseline, '--update-baseline']);
        assert.doesNotMatch(stdout, /gone/);
        assert.equal(workspace.read('base.json'), text);
      }),
    );

  it(
    'keeps its comment where the other stack is defined above the working directory',
    inWorkspace(
      {
        '.git/HEAD': 'ref: refs/heads/main\n',
        '.deploykf-values.yaml': project,
        'a/base.yaml': suppressed,
        'a/a.yaml': files['a.yaml'],
        'a/a.sh': script('base.yaml', 'a.yaml'),
        'b.yaml': files['b.yaml'],
        'b.sh': script('a/base.yaml', 'b.yaml'),
      },
      async workspace => {
        assert.equal(await found(workspace, [], 'a'), '');
        assert.equal(await found(workspace, ['a']), '');
      },
    ),
  );
});

describe('A comment that no stack needs', () => {
  const unused = { 'b.yaml': files['a.yaml'] };
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
    ['the folder', { ...scripts, ...unused }, ['.']],
    ['everything', { ...scripts, ...unused }, []],
    ['all Applications', { ...applications, ...unused }, []],
    ['each script', { ...scripts, ...unused }, ['a.sh', 'b.sh']],
    ['each Application', { ...applications, ...unused }, ['a-app.yaml', 'b-app.yaml']],
    ['the only stack', { ...scripts, 'b.sh': '' }, ['a.sh']],
    ['the layers of the only stack', { ...scripts, 'b.sh': '' }, ['--values', 'base.yaml', 'a.yaml']],
  ];
  for (const [title, all, argv] of cases)
    it(
      `is reported and removed with ${title}`,
      inWorkspace(all, async workspace => {
        assert.equal(await found(workspace, argv), 'suppression-unused');
        await workspace.run(['fix', ...argv, '--only', 'suppression-unused']);
        assert.equal(workspace.read('base.yaml'), base);
      }),
    );
});

describe('An entry of the project file above the working directory', () => {
  it(
    'is not called unused, since other folders may need it',
    inWorkspace(
      {
        '.deploykf-values.yaml': `${project}suppressions:\n  - { code: image-public, reason: ours }\n`,
        'a/a.yaml': files['a.yaml'],
        'b/b.yaml': base,
      },
      async workspace => {
        assert.equal(await found(workspace, [], 'a'), '');
        workspace.write('b/b.yaml', files['a.yaml']);
        assert.equal(await found(workspace, []), 'suppression-unused');
        assert.equal(await found(workspace, ['.']), 'suppression-unused');
      },
    ),
  );
});
