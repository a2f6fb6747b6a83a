import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../server/src/core/rules/index.ts';
import type { CheckJson } from '../../server/src/core/report/json.ts';
import { inWorkspace, onlyRules, type CliWorkspace } from '../support/cli.ts';

const only = onlyRules(
  ['image-tag-type', 'release-unknown', 'stack-file-missing', 'yaml-syntax'],
  rules.map(rule => rule.code),
);
const project = { '.deploykf-values.yaml': only };
const dex = (tag: string): string => `deploykf_core: {deploykf_auth: {images: {dex: {tag: ${tag}}}}}\n`;
const bad = dex('2.40');
const good = dex('"2.40"');
const image = 'deploykf_core.deploykf_auth.images.dex';

/** What is found: `file:line code (stacks)`, and what stands on standard error. */
async function found(workspace: CliWorkspace, ...argv: readonly string[]): Promise<readonly string[]> {
  const { stdout, stderr, code } = await workspace.run(['check', ...argv, '--format', 'json']);
  const { findings = [] } = JSON.parse(stdout) as Partial<CheckJson>;
  return [
    String(code),
    ...findings.map(({ file, range, code, stacks }) =>
      `${file}:${range.start.line + 1} ${code} ${stacks.join(', ')}`.trim(),
    ),
    ...stderr.split('\n').filter(line => line !== ''),
  ];
}

async function tagIn(workspace: CliWorkspace, ...argv: readonly string[]): Promise<string> {
  const { stdout, stderr } = await workspace.run(['explain', image, ...argv]);
  return /dexidp\/dex:(\S+)/.exec(stdout)?.[1] ?? stderr.trim();
}

describe('stacks of scripts in the shell', () => {
  const files = {
    ...project,
    'deploy.sh':
      '#!/bin/sh\ndeploykf generate --source-version 0.1.4 \\\n  --values a.yaml --values b.yaml -O out\n',
    'a.yaml': bad,
    'b.yaml': good,
    'c.yaml': bad,
  };

  it(
    'are found, and the files that they name are no longer alone',
    inWorkspace(files, async workspace => {
      // The last layer decides about the tag of a.yaml.
      assert.deepEqual(await found(workspace), ['1', 'c.yaml:1 image-tag-type']);
      assert.deepEqual(await found(workspace, '.'), ['1', 'c.yaml:1 image-tag-type']);
      assert.deepEqual(await found(workspace, 'a.yaml'), ['1', 'a.yaml:1 image-tag-type']);
      workspace.write('b.yaml', bad);
      assert.deepEqual(await found(workspace), [
        '1',
        'b.yaml:1 image-tag-type deploy.sh',
        'c.yaml:1 image-tag-type',
      ]);
    }),
  );

  it(
    'are those of a script that is named, also of a CI file or standard input',
    inWorkspace(
      {
        ...files,
        'b.yaml': bad,
        '.github/workflows/ci.yml': 'run: |\n  deploykf generate -f a.yaml -f b.yaml\n',
      },
      async workspace => {
        assert.deepEqual(await found(workspace, 'deploy.sh'), ['1', 'b.yaml:1 image-tag-type deploy.sh']);
        const ci = '.github/workflows/ci.yml';
        assert.deepEqual(await found(workspace, ci), ['1', `b.yaml:1 image-tag-type ${ci}`]);
        const { stdout } = await workspace.run(['check', '-', '-q'], { stdin: workspace.read('deploy.sh') });
        assert.match(stdout, /^b\.yaml:1:53 error image-tag-type {2}[^(]*\n$/);
      },
    ),
  );

  it(
    'are named in the message where several disagree',
    inWorkspace(
      {
        ...project,
        Makefile: 'x:\n\tdeploykf generate -f a.yaml\ny:\n\tdeploykf generate -f a.yaml -f b.yaml\n',
        'a.yaml': bad,
        'b.yaml': good,
      },
      async workspace => {
        const { stdout } = await workspace.run(['check', '-q']);
        assert.match(stdout, /^a\.yaml:1:53 error image-tag-type {2}.*: quote it \(stack Makefile\)\n$/);
        assert.equal(await tagIn(workspace, '--stack', 'Makefile'), '2.4');
        assert.equal(await tagIn(workspace, '--stack', 'Makefile (2)'), '2.40');
        assert.equal(
          await tagIn(workspace, 'Makefile'),
          'deploykf-values: 2 stacks were found here (Makefile, Makefile (2)): choose one with --stack NAME',
        );
        assert.equal(
          await tagIn(workspace, '--stack', 'makefile'),
          'deploykf-values: there is no stack "makefile", did you mean "Makefile"?: choose from Makefile, Makefile (2)',
        );
      },
    ),
  );

  it(
    'have the release of their command, and paths relative to the script or the working directory',
    inWorkspace(
      {
        ...project,
        'ci/run.sh': 'deploykf generate -V 0.1.2 -f a.yaml -f ci/b.yaml\n',
        'a.yaml': bad,
        'ci/b.yaml': good,
      },
      async workspace => {
        const json = (await workspace.json(['images', 'ci/run.sh'])) as { release: string; stack: string };
        assert.deepEqual([json.release, json.stack], ['0.1.2', 'ci/run.sh']);
        assert.deepEqual(await found(workspace, 'ci'), ['0']);
      },
    ),
  );

  it(
    'do without files that the script may make or fetch first, unless the script is named',
    inWorkspace(
      { ...project, 'deploy.sh': 'deploykf generate -f fetched.yaml,a.yaml -f "$MORE"\n', 'a.yaml': bad },
      async workspace => {
        assert.deepEqual(await found(workspace), [
          '1',
          'a.yaml:1 stack-file-missing',
          'a.yaml:1 stack-file-missing',
          'a.yaml:1 image-tag-type deploy.sh',
        ]);
        assert.deepEqual(await found(workspace, 'deploy.sh'), [
          '1',
          'a.yaml:1 stack-file-missing',
          'a.yaml:1 image-tag-type deploy.sh',
          'deploykf-values: fetched.yaml does not exist',
        ]);
        assert.equal(
          (await workspace.run(['images'])).stderr,
          'deploykf-values: fetched.yaml does not exist\ndeploykf-values: Values file "$MORE" of stack deploy.sh is known only when the script is run: the stack is checked without it\n',
        );
      },
    ),
  );

  it(
    'are none of examples whose files are nowhere, nor of scripts without commands',
    inWorkspace(
      { ...project, 'docs/try.sh': 'deploykf generate -f my.yaml\n', 'x.sh': 'echo deploykf\n' },
      async workspace => {
        assert.deepEqual(await found(workspace, 'docs'), [
          '2',
          'deploykf-values: docs does not contain a deployKF values file',
        ]);
        assert.deepEqual(await found(workspace, 'docs/try.sh'), [
          '2',
          'deploykf-values: docs/my.yaml does not exist',
        ]);
        assert.equal(
          (await workspace.run(['check', 'x.sh'])).stdout,
          'No findings in 0 files\n1 file (x.sh) skipped: not deployKF values\n',
        );
      },
    ),
  );

  it(
    'are fixed together',
    inWorkspace({ ...files, 'b.yaml': bad }, async workspace => {
      assert.equal((await workspace.run(['fix', 'deploy.sh'])).code, 0);
      assert.equal(workspace.read('b.yaml'), good);
      assert.equal(workspace.read('a.yaml'), bad);
    }),
  );
});

describe('the search for stacks in the shell', () => {
  it(
    'passes over what git ignores, which can be named',
    inWorkspace(
      {
        ...project,
        '.gitignore': 'out/\n*.local.yaml\n',
        'a.yaml': good,
        'b.local.yaml': bad,
        'out/c.yaml': bad,
      },
      async workspace => {
        assert.deepEqual(await found(workspace), ['0']);
        assert.deepEqual(await found(workspace, 'b.local.yaml', 'out'), [
          '1',
          'b.local.yaml:1 image-tag-type',
          'out/c.yaml:1 image-tag-type',
        ]);
      },
    ),
  );

  it(
    'ends where links lead in a circle, and finds each file once',
    inWorkspace({ ...project, 'a/b.yaml': bad }, async workspace => {
      symlinkSync('..', join(workspace.root, 'a/up'));
      symlinkSync('a', join(workspace.root, 'same'));
      symlinkSync('loop.yaml', join(workspace.root, 'loop.yaml'));
      assert.deepEqual(await found(workspace), ['1', 'a/b.yaml:1 image-tag-type']);
    }),
  );

  it(
    'has the Application of a file that is named, wherever it lies',
    inWorkspace(
      {
        ...project,
        '.gitignore': 'app.yaml\n',
        'app.yaml': [
          'kind: Application',
          'metadata: { name: app }',
          'spec:',
          '  source:',
          '    plugin:',
          '      name: deploykf',
          '      parameters:',
          '        - { name: source_version, string: "0.1.5" }',
          '        - { name: values_files, array: [b.yaml] }',
          '',
        ].join('\n'),
        'b.yaml': bad,
      },
      async workspace => {
        const wanted = ['1', 'b.yaml:1 image-tag-type app'];
        assert.deepEqual(await found(workspace, 'app.yaml'), wanted);
        const { stdout } = await workspace.run(['check', '-', '-q'], { stdin: workspace.read('app.yaml') });
        assert.match(stdout, /^b\.yaml:1:53 error image-tag-type/);
      },
    ),
  );
});
