import assert from 'node:assert/strict';
import { type CliWorkspace, inWorkspace } from '../support/cli.ts';

interface Source {
  readonly repository: string;
  readonly path: string;
  readonly parameters: readonly string[];
}

function application({ repository, path, parameters }: Source): string {
  return [
    'kind: Application',
    'metadata: { name: dkf }',
    'spec:',
    '  source:',
    `    repoURL: ${repository}`,
    '    targetRevision: v0.1.5',
    `    path: ${path}`,
    '    plugin:',
    '      name: deploykf',
    '      parameters:',
    '        - { name: source_version, string: "0.1.5" }',
    ...parameters.map(parameter => `        - ${parameter}`),
    '',
  ].join('\n');
}

/** The findings about the stack itself. */
async function said(workspace: CliWorkspace): Promise<readonly string[]> {
  const { stdout } = await workspace.run(['check']);
  return stdout.split('\n').filter(line => /^\S+:\d+:\d+ \w+ stack-(?:file|source)/.test(line));
}

const upstream = 'https://github.com/deployKF/deployKF.git';
const files = (...names: readonly string[]): string => `{ name: values_files, array: [${names.join(', ')}] }`;

describe('the files of an Application', () => {
  const config = '[remote "origin"]\n\turl = https://github.com/acme/other.git\n';
  const repository = 'https://github.com/acme/gitops.git';
  const git = { '.git/config': config, '.git/HEAD': 'ref: refs/heads/main\n' };
  const values = { 'dkf/values.yaml': 'kubeflow_tools: { katib: { enabled: true } }\n' };

  it(
    'are found from the root of the work tree, also in a folder of it',
    inWorkspace(
      {
        ...git,
        ...values,
        'argocd/apps/app.yaml': application({
          repository,
          path: '.',
          parameters: [files('dkf/values.yaml')],
        }),
      },
      async workspace => {
        for (const argv of [['check'], ['check', 'app.yaml']]) {
          const { stdout } = await workspace.run(argv, { cwd: 'argocd/apps' });
          assert.doesNotMatch(stdout, /stack-file-missing/, argv.join(' '));
        }
        const { stdout } = await workspace.run(['explain', 'kubeflow_tools.katib.enabled', 'app.yaml'], {
          cwd: 'argocd/apps',
        });
        assert.match(stdout, /dkf\/values\.yaml/);
      },
    ),
  );

  it(
    'come from one folder: where one is here, a missing one is an error',
    inWorkspace(
      {
        ...git,
        ...values,
        'app.yaml': application({ repository, path: 'dkf', parameters: [files('values.yaml', 'no.yaml')] }),
      },
      async workspace => {
        assert.match(
          (await said(workspace)).join('\n'),
          /^\S+ error .* "no\.yaml" of stack dkf does not exist/,
        );
        workspace.write(
          'app.yaml',
          application({ repository, path: '.', parameters: [files('dkf/values.yaml', 'no.yaml')] }),
        );
        assert.match(
          (await said(workspace)).join('\n'),
          /^\S+ error .* "no\.yaml" of stack dkf does not exist/,
        );
        workspace.write('no.yaml', 'kubeflow_tools: {}\n');
        workspace.write(
          'app.yaml',
          application({ repository, path: 'dkf', parameters: [files('values.yaml', 'no.yaml')] }),
        );
        assert.match(
          (await said(workspace)).join('\n'),
          /^\S+ error .* "no\.yaml" of stack dkf does not exist/,
        );
      },
    ),
  );

  it(
    "of deployKF's own repository are at its root alone",
    inWorkspace({}, async workspace => {
      const of = async (path: string, file: string): Promise<readonly string[]> => {
        const parameters = [files(file)];
        workspace.write('app.yaml', application({ repository: upstream, path, parameters }));
        return said(workspace);
      };
      const absent = /^\S+ error .* is not in the repository of deployKF 0\.1\.5: correct the path$/;
      assert.match((await of('docs', 'sample-values.yaml')).join('\n'), absent);
      assert.match((await of('.', 'my/own.yaml')).join('\n'), absent);
      assert.match((await of('.', 'own.yaml')).join('\n'), absent);
      assert.deepEqual(await of('.', './sample-values.yaml'), []);
      assert.deepEqual(await of('generator', '../sample-values.yaml'), []);
      assert.deepEqual(await of('"{{path}}"', 'sample-values.yaml'), []);
      assert.match((await of('generator', 'default_values.yaml')).join('\n'), /^\S+ info /);
    }),
  );
});

describe('parameters of an Application that the plugin does not get', () => {
  it(
    'are said: a text for a list, and a name that is nearly one',
    inWorkspace({}, async workspace => {
      const of = async (...parameters: readonly string[]): Promise<readonly string[]> => {
        workspace.write('app.yaml', application({ repository: upstream, path: '.', parameters }));
        return said(workspace);
      };
      assert.deepEqual(
        await of('{ name: values_files, array: sample-values.yaml }', '{ name: valuess, string: "a: b" }'),
        [
          'app.yaml:12:40 error stack-source  "values_files" needs a list: write [sample-values.yaml], since Kubernetes refuses a text for "array"',
          'app.yaml:13:19 error stack-source  The plugin has no parameter "valuess", so that it has no effect: did you mean "values"?',
        ],
      );
      const others = await of(
        '{ name: values, string: { kubeflow_tools: {} } }',
        '{ name: values, map: { kubeflow_tools: x } }',
        '{ name: values_files, string: ./sample-values.yaml }',
        '{ name: values_files, map: { a: b } }',
        '{ name: values_files, array: { a: b } }',
      );
      assert.deepEqual(
        others.filter(line => line.includes('stack-source')),
        [
          'app.yaml:12:19 error stack-source  "values" is a map: write a block after "string: |", since Kubernetes refuses a map for "string"',
          'app.yaml:13:19 error stack-source  "values" has no effect: the plugin reads its "string" alone, so write "string" in place of "map"',
          'app.yaml:14:19 error stack-source  "values_files" has no effect: the plugin reads its "array" alone, so write "array" in place of "string"',
          'app.yaml:15:19 error stack-source  "values_files" has no effect: the plugin reads its "array" alone, so write "array" in place of "map"',
          'app.yaml:16:19 error stack-source  "values_files" is a map: write a list, since Kubernetes refuses a map for "array"',
        ],
      );
      const fine = [
        '{ name: source_path, string: "" }',
        '{ name: output_kustomize_path, string: ./argocd/ }',
        '{ name: team, string: a }',
        '{ name: values_files, array: "{{files}}" }',
      ];
      assert.deepEqual(
        (await of(...fine)).filter(line => line.includes('stack-source')),
        [],
      );
    }),
  );
});

describe('a file of another source', () => {
  it(
    'does not come to the plugin',
    inWorkspace({}, async workspace => {
      const written = application({
        repository: upstream,
        path: '.',
        parameters: [files('$values/prod.yaml')],
      });
      workspace.write('app.yaml', written);
      assert.match((await said(workspace)).join('\n'), /info .* is filled in by another tool/);
      const source = written
        .slice(written.indexOf('  source:\n') + '  source:\n'.length)
        .replace(/^ {4}/gm, '      ');
      const sources = `  sources:\n    - { repoURL: https://github.com/acme/values, ref: values }\n    -\n${source}`;
      workspace.write('app.yaml', `${written.slice(0, written.indexOf('  source:\n'))}${sources}`);
      assert.match(
        (await said(workspace)).join('\n'),
        /error stack-file-missing {2}Values file "\$values\/prod\.yaml" of stack dkf is in the source "values", whose files Argo CD gives to Helm charts alone/,
      );
    }),
  );
});

describe('a tag in place of a version', () => {
  it(
    'is said, and made the version',
    inWorkspace({}, async workspace => {
      for (const version of ['v0.1.5', '"v0.1.5"']) {
        const written = application({ repository: upstream, path: '.', parameters: [] });
        workspace.write('app.yaml', written.replace(/(source_version, string: )"?[\d.]+"?/, `$1${version}`));
        const lines = await said(workspace);
        assert.match(
          lines.join('\n'),
          /error stack-source {2}"v0\.1\.5" is a tag, not a version: the plugin looks for the tag "vv0\.1\.5", write "0\.1\.5"/,
        );
        await workspace.run(['fix', '--only', 'stack-source']);
        assert.match(workspace.read('app.yaml'), /source_version, string: "?0\.1\.5"? /);
      }
    }),
  );
});

describe('a layer of a stack that is named alone', () => {
  it(
    'is said to be one, with the command for the stack',
    inWorkspace(
      {
        '.deploykf-values.yaml': 'release: 0.1.5\nstacks:\n  - { name: prod, values: [a.yaml, b.yaml] }\n',
        'a.yaml': 'kubeflow_tools: { katib: { enabled: true } }\n',
        'b.yaml': 'kubeflow_tools: { katib: { enabled: false } }\n',
      },
      async workspace => {
        const note =
          'b.yaml is a layer of the stack prod; check that with deploykf-values check --stack prod';
        assert.ok((await workspace.run(['check', 'b.yaml'])).stdout.includes(`Checked alone: ${note}`));
        assert.doesNotMatch((await workspace.run(['check'])).stdout, /Checked alone/);
        assert.doesNotMatch((await workspace.run(['check', '--stack', 'prod'])).stdout, /Checked alone/);
      },
    ),
  );

  it(
    'is said to be one of an Application or a script, also where the user gives the release',
    inWorkspace(
      {
        'app.yaml': application({
          repository: 'https://github.com/acme/ops',
          path: '.',
          parameters: ['{ name: values_files, array: [a.yaml, b.yaml] }'],
        }),
        'gen.sh': 'deploykf generate --source-version 0.1.4 --values c.yaml,d.yaml --output-dir out\n',
        'a.yaml': 'kubeflow_tools: { katib: { enabled: true } }\n',
        'b.yaml': 'kubeflow_tools: { katib: { enabled: false } }\n',
        'c.yaml': 'kubeflow_tools: { katib: { enabled: true } }\n',
        'd.yaml': 'kubeflow_tools: { katib: { enabled: false } }\n',
      },
      async workspace => {
        const ends = async (...argv: readonly string[]): Promise<string> => {
          const { stdout } = await workspace.run(['check', ...argv]);
          return /Checked alone: .*/.exec(stdout)?.[0] ?? '';
        };
        const ofScript =
          'Checked alone: c.yaml is a layer of the stack gen.sh; check that with deploykf-values check gen.sh';
        assert.equal(await ends('c.yaml'), ofScript);
        assert.equal(await ends('c.yaml', '--release', '0.1.4'), ofScript);
        assert.match(await ends('a.yaml'), /is a layer of the stack .*; check that with .* check app\.yaml$/);
        const { stderr } = await workspace.run(['images', 'd.yaml']);
        assert.match(
          stderr,
          /d\.yaml is looked at alone, but it is a layer of the stack gen\.sh: use gen\.sh in/,
        );
      },
    ),
  );

  it(
    'is said to be one of several, and is over the newest release of these',
    inWorkspace(
      {
        '.deploykf-values.yaml': [
          'stacks:',
          '  - { name: two, release: 0.1.2, values: [a.yaml, x.yaml] }',
          '  - { name: three, release: 0.1.3, values: [b.yaml, x.yaml] }',
          '  - { name: alone, release: 0.1.1, values: [x.yaml] }',
          '',
        ].join('\n'),
        'a.yaml': 'deploykf_core: {}\n',
        'b.yaml': 'deploykf_core: {}\n',
        'x.yaml': 'kubeflow_tools: { pipelines: { kfpV2: { minioFix: false } } }\n',
      },
      async workspace => {
        const { stdout } = await workspace.run(['check', 'x.yaml']);
        assert.doesNotMatch(stdout, /value-unknown/);
        assert.deepEqual(stdout.trimEnd().split('\n').slice(-2), [
          'Checked alone: x.yaml is a layer of the stacks two and three; check those with deploykf-values check --stack two and deploykf-values check --stack three',
          'Taken for deployKF 0.1.3, the newest release of the stacks that it is a layer of: set "release:" in .deploykf-values.yaml, or --release',
        ]);
        assert.equal(
          (await workspace.run(['images', 'x.yaml'])).stderr,
          'deploykf-values: x.yaml is looked at alone, but it is a layer of the stacks two and three: use --stack two or --stack three in its place for all layers\n',
        );
      },
    ),
  );
});
