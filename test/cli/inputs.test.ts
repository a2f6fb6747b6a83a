import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { asNobody } from '../support/asNobody.ts';
import { join } from 'node:path';
import { rules } from '../../server/src/core/rules/index.ts';
import { type CliWorkspace, inWorkspace, onlyRules, type CliOptions } from '../support/cli.ts';

const only = onlyRules(
  ['image-tag-type', 'release-unknown', 'stack-file-missing'],
  rules.map(rule => rule.code),
);
const bad = 'deploykf_core: {deploykf_auth: {images: {dex: {tag: 2.40}}}}\n';
const good = 'deploykf_core: {deploykf_auth: {images: {dex: {tag: "2.40"}}}}\n';
const project = { '.deploykf-values.yaml': only };

function quiet(workspace: CliWorkspace, argv: readonly string[], options: CliOptions = {}): Promise<string> {
  return workspace.run(['check', '-q', ...argv], options).then(({ code, stdout, stderr }) =>
    [
      String(code),
      ...(stdout + stderr)
        .trim()
        .split('\n')
        .map(line => line.split('  ')[0]),
    ]
      .join(' | ')
      .replace(/ \| $/, ''),
  );
}

describe('inputs', () => {
  it(
    'are files, each alone',
    inWorkspace({ ...project, 'a.yaml': bad, 'b.yaml': good }, async workspace => {
      assert.equal(await quiet(workspace, ['a.yaml', 'b.yaml']), '1 | a.yaml:1:53 error image-tag-type');
      assert.equal(await quiet(workspace, ['b.yaml']), '0');
      assert.equal(await quiet(workspace, ['--', 'b.yaml']), '0');
      assert.equal(
        await quiet(workspace, [join(workspace.root, 'a.yaml')]),
        '1 | a.yaml:1:53 error image-tag-type',
      );
    }),
  );

  it(
    'are layers of one stack, repeated or with commas, too',
    inWorkspace({ ...project, 'a.yaml': bad, 'b.yaml': good }, async workspace => {
      for (const argv of [
        ['--values', 'a.yaml', 'b.yaml'],
        ['--values', 'a.yaml,b.yaml'],
        ['--values=a.yaml', '-f', 'b.yaml'],
      ]) {
        assert.equal(await quiet(workspace, argv), '0', argv.join(' '));
      }
      assert.equal(
        await quiet(workspace, ['--values', 'b.yaml', 'a.yaml']),
        '1 | a.yaml:1:53 error image-tag-type',
      );
    }),
  );

  it(
    'are folders, searched by content',
    inWorkspace(
      {
        ...project,
        'deep/x.yaml': bad,
        'deep/deployment.yaml': 'kind: Deployment\nspec: {image: "a:2.40"}\n',
        'deep/node_modules/y.yaml': bad,
        'deep/.git/y.yaml': bad,
        'deep/.deploykf_output/y.yaml': bad,
        'empty/z.txt': bad,
      },
      async workspace => {
        assert.equal(await quiet(workspace, ['deep']), '1 | deep/x.yaml:1:53 error image-tag-type');
        assert.equal(await quiet(workspace, []), '1 | deep/x.yaml:1:53 error image-tag-type');
        assert.equal(
          await quiet(workspace, ['empty']),
          '2 | deploykf-values: empty does not contain a deployKF values file',
        );
      },
    ),
  );

  it(
    'are the stacks of the project file, found upwards',
    inWorkspace(
      {
        '.deploykf-values.yaml': `stacks:\n  - {name: prod, values: [a.yaml, b.yaml]}\n  - {name: test, values: [a.yaml]}\n${only}`,
        'a.yaml': bad,
        'b.yaml': good,
        'sub/c.yaml': bad,
      },
      async workspace => {
        const cwd = 'sub';
        assert.equal(await quiet(workspace, [], { cwd }), '1 | ../a.yaml:1:53 error image-tag-type');
        assert.equal(await quiet(workspace, ['--stack', 'prod'], { cwd }), '0');
        assert.equal(
          await quiet(workspace, ['--stack=test'], { cwd }),
          '1 | ../a.yaml:1:53 error image-tag-type',
        );
        assert.equal(await quiet(workspace, ['c.yaml'], { cwd }), '1 | c.yaml:1:53 error image-tag-type');
        assert.equal(
          await quiet(workspace, ['.']),
          '1 | a.yaml:1:53 error image-tag-type | sub/c.yaml:1:53 error image-tag-type',
        );
      },
    ),
  );

  it(
    'are those of another project file',
    inWorkspace(
      {
        'a.yaml': bad,
        'ci/policy.yaml': `stacks:\n  - {name: prod, values: [../a.yaml]}\nrules: {image-tag-type: off}\n`,
      },
      async workspace => {
        const argv = ['--config', 'ci/policy.yaml', '--fail-on', 'error'];
        assert.equal(await quiet(workspace, ['--stack', 'prod', ...argv]), '0');
        assert.equal(await quiet(workspace, ['a.yaml', ...argv]), '0');
        assert.equal(
          await quiet(workspace, ['a.yaml', '--config', 'nowhere.yaml']),
          '2 | deploykf-values: nowhere.yaml does not exist',
        );
      },
    ),
  );

  it(
    'are standard input, also as a layer',
    inWorkspace({ ...project, 'b.yaml': good }, async workspace => {
      assert.equal(await quiet(workspace, ['-'], { stdin: bad }), '1 | -:1:53 error image-tag-type');
      assert.equal(await quiet(workspace, ['--values', '-', 'b.yaml'], { stdin: bad }), '0');
      assert.equal(
        await quiet(workspace, ['-'], { columns: 80 }),
        '2 | deploykf-values: standard input is a terminal: pipe a values file into it, for example with < prod.yaml',
      );
    }),
  );

  it(
    'tell the release: the command line before the stack before the project',
    inWorkspace(
      {
        '.deploykf-values.yaml':
          'release: 0.1.2\nstacks:\n  - {name: a, values: [a.yaml], release: v0.1.3}\n  - {name: b, values: [a.yaml]}\n',
        'a.yaml': good,
        'c/c.yaml': good,
      },
      async workspace => {
        const release = async (argv: readonly string[]): Promise<unknown> =>
          ((await workspace.json(['images', ...argv])) as { release: string }).release;
        assert.equal(await release(['--stack', 'a']), '0.1.3');
        assert.equal(await release(['--stack', 'b']), '0.1.2');
        assert.equal(await release(['--stack', 'a', '--release', 'v0.1.1']), '0.1.1');
        assert.equal(await release(['a.yaml']), '0.1.2');
        assert.equal(await release(['--values', 'c/c.yaml']), '0.1.2');
      },
    ),
  );

  it(
    'that are no values files are passed over',
    inWorkspace({ ...project, 'b.yaml': good, 'deployment.yaml': 'kind: Deployment\n' }, async workspace => {
      assert.deepEqual(await workspace.run(['check', 'b.yaml', 'deployment.yaml']), {
        code: 0,
        stdout:
          'No findings in 1 file\n1 file (deployment.yaml) skipped: not deployKF values\nTaken for deployKF 0.1.5, the newest release that is known: set "release:" in .deploykf-values.yaml, or --release\n',
        stderr: '',
      });
    }),
  );
});

describe('inputs that cannot be read', () => {
  const line = (text: string): string => `2 | deploykf-values: ${text}`;

  it(
    'are said in one line',
    inWorkspace(
      {
        ...project,
        'latin.yaml': Uint8Array.from([...new TextEncoder().encode(bad), 0xe4]),
        'huge.yaml': `${bad}# ${'x'.repeat(10 * 1024 * 1024)}\n`,
        'folder/readme.md': '',
      },
      async workspace => {
        assert.equal(await quiet(workspace, ['none.yaml']), line('none.yaml does not exist'));
        assert.equal(
          await quiet(workspace, ['latin.yaml']),
          line('latin.yaml is not UTF-8 text: save it as UTF-8'),
        );
        assert.equal(
          await quiet(workspace, ['huge.yaml']),
          line('huge.yaml is larger than 10 MB and not read: values files are small'),
        );
        assert.equal(
          await quiet(workspace, ['--values', 'folder']),
          `${line('folder is a folder, but a file is expected here')} | deploykf-values: a stack needs all of its files`,
        );
      },
    ),
  );

  it(
    'do not keep the others from being checked',
    inWorkspace({ ...project, 'a.yaml': bad, 'b.yaml': good }, async workspace => {
      const { code, stdout, stderr } = await workspace.run(['check', 'none.yaml', 'a.yaml', '-q']);
      assert.equal(code, 1);
      assert.match(stdout, /^a\.yaml:1:53 error/);
      assert.equal(stderr, 'deploykf-values: none.yaml does not exist\n');
      assert.equal((await workspace.run(['check', 'none.yaml', 'b.yaml'])).code, 1);
    }),
  );

  it(
    'are files and folders without permission, named or found',
    inWorkspace({ ...project, 'a.yaml': bad, 'b.yaml': good, 'no/c.yaml': bad }, async workspace => {
      const { root } = workspace;
      chmodSync(root, 0o755);
      for (const path of ['a.yaml', 'no']) chmodSync(join(root, path), 0);
      await workspace.run(['check', 'b.yaml']);
      await asNobody(async () => {
        const denied = (name: string): string =>
          `deploykf-values: ${name} cannot be read: permission denied\n`;
        const both = { code: 1, stdout: '', stderr: denied('no') + denied('a.yaml') };
        assert.equal(await quiet(workspace, ['a.yaml']), line('a.yaml cannot be read: permission denied'));
        assert.deepEqual(await workspace.run(['check', '-q']), both);
        assert.deepEqual(await workspace.run(['check', '-q', '.']), both);
        assert.deepEqual(await workspace.run(['fix', '-q', '.']), both);
        assert.deepEqual(await workspace.run(['check', '-q', 'no']), {
          ...both,
          code: 2,
          stderr: denied('no'),
        });
        assert.equal((await workspace.run(['images'])).code, 2);
      });
    }),
  );

  it(
    'are unknown stacks and releases, with the known ones',
    inWorkspace({ ...project, 'a.yaml': good }, async workspace => {
      const known = '0.1.0, 0.1.1, 0.1.2, 0.1.3, 0.1.4, 0.1.5';
      assert.equal(
        await quiet(workspace, ['--release', '9.9', 'a.yaml']),
        line(
          `the release "9.9" is not known: known releases are ${known}; its generator is not at ~/.deploykf/assets/deploykf-9.9-generator.zip (name one with --generator, or in the project file under generators)`,
        ),
      );
      assert.equal(
        await quiet(workspace, ['--stack', 'prod']),
        line('there is no stack "prod": .deploykf-values.yaml does not define any'),
      );
      workspace.write(
        '.deploykf-values.yaml',
        'stacks:\n  - {name: prod, values: [a.yaml]}\n  - {name: test, values: [a.yaml]}\n',
      );
      assert.equal(
        await quiet(workspace, ['--stack', 'prd']),
        line('there is no stack "prd", did you mean "prod"?: .deploykf-values.yaml has prod, test'),
      );
    }),
  );

  it(
    'are broken project files, for every command',
    inWorkspace({ 'a.yaml': good, '.deploykf-values.yaml': 'release: "0.1.5\n' }, async workspace => {
      for (const command of [['check'], ['fix'], ['images'], ['explain', 'argocd']]) {
        const { code, stdout, stderr } = await workspace.run([...command, 'a.yaml']);
        assert.deepEqual([code, stdout], [2, ''], command.join(' '));
        assert.match(stderr, /^deploykf-values: \.deploykf-values\.yaml:\d+:\d+: [^\n]+\n$/);
      }
    }),
  );

  it(
    'are project files with mistakes, for commands that would act on half of them',
    inWorkspace({ 'a.yaml': good, '.deploykf-values.yaml': 'registry: {rulez: []}\n' }, async workspace => {
      for (const command of [['fix'], ['images'], ['explain', 'argocd']]) {
        const { code, stdout, stderr } = await workspace.run([...command, 'a.yaml']);
        assert.deepEqual([code, stdout], [2, ''], command.join(' '));
        assert.match(stderr, /^deploykf-values: \.deploykf-values\.yaml:1:12: [^\n]+\n$/);
      }
    }),
  );

  it(
    'are stacks with a missing file: a finding for check, the end for others',
    inWorkspace(
      { '.deploykf-values.yaml': `stacks:\n  - {name: prod, values: [gone.yaml]}\n${only}`, 'a.yaml': good },
      async workspace => {
        assert.equal(await quiet(workspace, []), '1 | .deploykf-values.yaml:2:27 error stack-file-missing');
        assert.equal(
          await quiet(workspace, []).then(() =>
            workspace.run(['images']).then(({ code, stderr }) => `${code} ${stderr}`),
          ),
          '2 deploykf-values: gone.yaml does not exist\ndeploykf-values: no stack has all of its files\n',
        );
      },
    ),
  );

  it(
    'are stacks with some of their files: check looks at these, as an editor does',
    inWorkspace(
      {
        '.deploykf-values.yaml': `stacks:\n  - {name: prod, values: [a.yaml, gone.yaml]}\n${only}`,
        'a.yaml': bad,
      },
      async workspace => {
        const { code, stdout } = await workspace.run(['check', '-q']);
        assert.deepEqual(
          [code, ...stdout.split('\n').map(line => line.split('  ')[0])],
          [1, '.deploykf-values.yaml:2:35 error stack-file-missing', 'a.yaml:1:53 error image-tag-type', ''],
        );
        assert.equal(
          (await workspace.run(['images'])).stderr,
          'deploykf-values: gone.yaml does not exist\ndeploykf-values: no stack has all of its files\n',
        );
      },
    ),
  );

  it(
    'are stacks of an unknown release',
    inWorkspace(
      {
        '.deploykf-values.yaml': `stacks:\n  - {name: prod, release: 9.9.9, values: [a.yaml]}\n${only}`,
        'a.yaml': good,
      },
      async workspace => {
        assert.equal(await quiet(workspace, []), '1 | .deploykf-values.yaml:2:12 error release-unknown');
        const { code, stderr } = await workspace.run(['images']);
        assert.equal(code, 2);
        assert.match(
          stderr,
          /^deploykf-values: the release "9\.9\.9" is not known: known releases are 0\.1\.0, /,
        );
      },
    ),
  );

  it(
    'are contradictions',
    inWorkspace({ ...project, 'a.yaml': good }, async workspace => {
      assert.equal(
        await quiet(workspace, ['a.yaml', '--values', 'a.yaml']),
        line('files and --values cannot be combined: choose one of them'),
      );
    }),
  );

  it(
    'are folders without values',
    inWorkspace({}, async workspace => {
      assert.equal(
        await quiet(workspace, []),
        line(`there is no deployKF values file in ${workspace.root}: name one, or write one first`),
      );
    }),
  );
});
