import assert from 'node:assert/strict';
import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../server/src/core/rules/index.ts';
import { inWorkspace, onlyRules } from '../support/cli.ts';

const codes = rules.map(rule => rule.code);
const only = onlyRules(['image-unknown', 'yaml-duplicate-key', 'value-type'], codes);
const prod = [
  'kubeflow_tools:',
  '  pipelines:',
  '    images:',
  '      kfpApiSever:',
  '        tag: "2.1.0"',
  '  katib: [1]',
  '',
].join('\n');
const files = {
  'prod.yaml': prod,
  'clean.yaml': 'kubeflow_tools:\n  katib:\n    enabled: true\n',
  '.deploykf-values.yaml': only,
};
const check = ['check', '--release', '0.1.5'];
const baseline = [...check, '--baseline', 'base.json'];

describe('check --baseline', () => {
  it(
    'accepts what was there when it was written',
    inWorkspace(files, async workspace => {
      assert.deepEqual(await workspace.run([...baseline, '--update-baseline']), {
        code: 0,
        stdout: '2 files checked\n2 findings are in the baseline\n',
        stderr: '',
      });
      const text = workspace.read('base.json');
      const { schema, findings } = JSON.parse(text) as {
        schema: number;
        findings: Record<string, unknown>[];
      };
      assert.equal(schema, 1);
      assert.deepEqual(
        findings.map(({ fingerprint, ...others }) => [String(fingerprint).length, others]),
        [
          [
            32,
            {
              code: 'image-unknown',
              file: 'prod.yaml',
              about: 'kubeflow_tools.pipelines.images.kfpApiSever',
              count: 1,
            },
          ],
          [32, { code: 'value-type', file: 'prod.yaml', about: 'kubeflow_tools.katib', count: 1 }],
        ],
      );
      assert.equal((await workspace.run(baseline)).code, 0);
      assert.equal((await workspace.run(check)).code, 1);
      await workspace.run([...baseline, '--update-baseline']);
      assert.equal(workspace.read('base.json'), text);
    }),
  );

  it(
    'hears of an image that a component lacks more than before, and is never the report',
    inWorkspace(
      {
        '.deploykf-values.yaml': `${onlyRules(['image-not-overridden'], codes)}registry: { rules: [{ source: "*", target: "r.example.com/{registry}/{path}" }] }\n`,
        'prod.yaml': [
          'kubeflow_tools:',
          '  katib:',
          '    enabled: true',
          '    images:',
          '      katibController: { repository: r.example.com/docker.io/kubeflowkatib/katib-controller }',
          '      katibDbManager: { repository: r.example.com/docker.io/kubeflowkatib/katib-db-manager }',
          '',
        ].join('\n'),
      },
      async workspace => {
        assert.equal((await workspace.run([...baseline, '--update-baseline'])).code, 0);
        const text = workspace.read('base.json');
        const fewer = workspace.read('prod.yaml').replace(/ *katibDbManager.*\n/, '');
        workspace.write('prod.yaml', fewer);
        const { code, stdout } = await workspace.run(baseline);
        assert.equal(code, 1);
        assert.match(stdout, /kubeflow_tools\.katib: 2 of 3 images/);
        const same = await workspace.run([...baseline, '--output', './base.json']);
        assert.deepEqual([same.code, workspace.read('base.json')], [2, text]);
        assert.match(same.stderr, /--baseline and --output name the same file/);
        symlinkSync('base.json', join(workspace.root, 'link.json'));
        symlinkSync('prod.yaml', join(workspace.root, 'link.yaml'));
        assert.equal((await workspace.run([...baseline, '--output', 'link.json'])).code, 2);
        assert.equal(workspace.read('base.json'), text);
        assert.equal((await workspace.run([...check, '--output', 'link.yaml'])).code, 2);
        assert.equal(workspace.read('prod.yaml'), fewer);
      },
    ),
  );

  it(
    'hears of one value more that pulls from the same repository without a pull secret',
    inWorkspace(
      {
        '.deploykf-values.yaml': `${onlyRules(['pull-secrets-off'], codes)}registry: { private: [r.example.com], credentials: [r.example.com] }\n`,
        'prod.yaml':
          'deploykf_core: { deploykf_auth: { images: { dex: { repository: r.example.com/all } } } }\n',
      },
      async workspace => {
        assert.equal((await workspace.run([...baseline, '--update-baseline'])).code, 0);
        assert.match(workspace.read('base.json'), /pull-secrets-off/);
        const more =
          'kubeflow_tools: { katib: { enabled: true, images: { katibUi: { repository: r.example.com/all } } } }\n';
        workspace.write('prod.yaml', workspace.read('prod.yaml') + more);
        assert.equal((await workspace.run(baseline)).code, 1);
      },
    ),
  );

  it(
    'survives moved lines, renamed files, another folder and another machine',
    inWorkspace(files, async first =>
      inWorkspace({ ...files, 'prod.yaml': `# new\n\n${prod}` }, async second => {
        await first.run([...baseline, '--update-baseline']);
        second.write('ci/base.json', first.read('base.json'));
        second.write('base.json', first.read('base.json'));
        assert.equal((await second.run(baseline)).code, 0);
        renameSync(join(second.root, 'prod.yaml'), join(second.root, 'stage.yaml'));
        assert.equal((await second.run(baseline)).code, 0);
        mkdirSync(join(second.root, 'below'));
        renameSync(join(second.root, 'stage.yaml'), join(second.root, 'below/prod.yaml'));
        const below = await second.run([...check, 'prod.yaml', '--baseline', '../base.json'], {
          cwd: 'below',
        });
        assert.equal(below.code, 0);
      })(),
    ),
  );

  it(
    'leaves what a renamed file has to a check that looks at it',
    inWorkspace({ ...files, 'other.yaml': prod }, async workspace => {
      await workspace.run([...baseline, '--update-baseline']);
      renameSync(join(workspace.root, 'prod.yaml'), join(workspace.root, 'stage.yaml'));
      const part = await workspace.run([...check, 'other.yaml', '--baseline', 'base.json']);
      assert.equal(part.code, 0);
      assert.doesNotMatch(part.stdout + part.stderr, /gone/);
      const updating = ['other.yaml', '--baseline', 'base.json', '--update-baseline'];
      assert.equal((await workspace.run([...check, ...updating])).code, 0);
      assert.equal((await workspace.run(baseline)).code, 0);
    }),
  );

  it(
    'reports what is new, also the same in another file',
    inWorkspace(files, async workspace => {
      await workspace.run([...baseline, '--update-baseline']);
      workspace.write('stage.yaml', prod);
      const { code, stdout } = await workspace.run([...baseline, '--quiet']);
      assert.equal(code, 1);
      assert.deepEqual(
        stdout.split('\n').map(line => line.split('  ')[0]),
        ['stage.yaml:4:7 warning image-unknown', 'stage.yaml:6:3 error value-type', ''],
      );
      workspace.write('stage.yaml', 'kubeflow_tools:\n  katib: [1]\n');
      workspace.write('prod.yaml', prod.replace('[1]', '{}'));
      assert.equal((await workspace.run(baseline)).code, 1);
    }),
  );

  it(
    'says what is gone, and takes it out when asked',
    inWorkspace(files, async workspace => {
      await workspace.run([...baseline, '--update-baseline']);
      workspace.write('prod.yaml', prod.replace('Sever', 'Server'));
      const { code, stdout } = await workspace.run(baseline);
      assert.equal(code, 0);
      assert.equal(
        stdout,
        [
          '2 files checked',
          '1 finding is in the baseline',
          '1 finding of the baseline is gone (image-unknown in prod.yaml): take it out with --update-baseline',
          '',
        ].join('\n'),
      );
      const sarif = await workspace.run([...baseline, '--format', 'sarif']);
      assert.match(sarif.stderr, /^deploykf-values: 1 finding of the baseline is gone/);
      assert.deepEqual((JSON.parse(sarif.stdout) as { runs: { results: unknown }[] }).runs[0]?.results, []);
      const json = (await workspace.json(baseline)) as {
        baseline: { accepted: number; stale: { code: string }[] };
      };
      assert.deepEqual(
        [json.baseline.accepted, json.baseline.stale.map(each => each.code)],
        [1, ['image-unknown']],
      );
      const other = await workspace.run([...baseline, 'clean.yaml']);
      assert.equal(other.stdout, 'No findings in 1 file\n');
      await workspace.run([...baseline, 'clean.yaml', '--update-baseline']);
      assert.match(workspace.read('base.json'), /image-unknown/, 'what was not looked at stays');
      await workspace.run([...baseline, '--update-baseline']);
      assert.doesNotMatch(workspace.read('base.json'), /image-unknown/);
    }),
  );

  it(
    'is refused where it cannot be right',
    inWorkspace({ ...files, 'other.json': '{"a": 1}' }, async workspace => {
      const complaint = async (...argv: string[]): Promise<string> => {
        const { code, stderr } = await workspace.run([...check, ...argv]);
        return `${code} ${stderr.replace('deploykf-values: ', '')}`;
      };
      assert.equal(
        await complaint('--baseline', 'base.json'),
        '2 base.json does not exist: write it with --update-baseline\n',
      );
      assert.equal(
        await complaint('--update-baseline'),
        '2 --update-baseline needs the file to write: --baseline FILE --update-baseline\n',
      );
      assert.equal(
        await complaint('--baseline', 'other.json', '--update-baseline'),
        '2 other.json is not a baseline: name another file, or remove it\n',
      );
      assert.equal(workspace.read('other.json'), '{"a": 1}');
      assert.match(
        await complaint('prod.yaml', 'no.yaml', '--baseline', 'base.json', '--update-baseline'),
        /^2 no\.yaml does not exist\n.*base\.json is left as it is: not everything could be checked\n$/,
      );
    }),
  );
});

describe('a layer of which one stack is looked at', () => {
  const shared = {
    '.deploykf-values.yaml': [
      'release: 0.1.5',
      'registry: { rules: [{ source: "*", target: "r.example.com/{registry}/{path}" }] }',
      onlyRules(['image-public', 'suppression-unused'], codes),
      'stacks:',
      '  - { name: a, values: [base.yaml, a.yaml] }',
      '  - { name: b, values: [base.yaml, b.yaml] }',
      '',
    ].join('\n'),
    'base.yaml':
      'deploykf_core: { deploykf_auth: { images: { dex: { repository: ghcr.io/dexidp/dex, tag: v2.39.1 } } } }\n',
    'a.yaml':
      'deploykf_core: { deploykf_auth: { images: { dex: { repository: r.example.com/ghcr.io/dexidp/dex } } } }\n',
    'b.yaml': 'kubeflow_tools: { volumes: { enabled: true } }\n',
  };

  it(
    'keeps in the baseline what the other stack needs',
    inWorkspace(shared, async workspace => {
      const all = ['check', '--baseline', 'b.json'];
      assert.equal((await workspace.run(['check'])).code, 1);
      assert.equal((await workspace.run([...all, '--update-baseline'])).code, 0);
      const text = workspace.read('b.json');
      const one = await workspace.run([...all, '--stack', 'a', '--update-baseline']);
      assert.doesNotMatch(one.stdout, /gone/);
      assert.equal(workspace.read('b.json'), text);
      assert.equal((await workspace.run(all)).code, 0);
    }),
  );

  it(
    'keeps its comments',
    inWorkspace(
      {
        ...shared,
        'base.yaml': `# deploykf-values-ignore-file image-public ours\n${shared['base.yaml']}`,
      },
      async workspace => {
        assert.equal((await workspace.run(['check'])).code, 0);
        const one = await workspace.run(['check', '--stack', 'a', '--fail-on', 'hint']);
        assert.equal(one.code, 0, one.stdout);
        const used = await workspace.run(['check', '--stack', 'b', '--fail-on', 'hint']);
        assert.equal(used.code, 0, used.stdout);
      },
    ),
  );
});

describe('suppressions of the project file', () => {
  const suppressed = `${only}suppressions:\n  - { code: value-type, reason: our fork, until: 2026-12-31 }\n  - { code: image-unknown, path: kubeflow_tools.katib, reason: gone }\n`;
  const withUnused = suppressed.replace(/ {2}suppression-unused: off\n/, '');
  it(
    'count until their day, and are reported when a whole check needs none of them',
    inWorkspace({ ...files, '.deploykf-values.yaml': withUnused }, async workspace => {
      const lines = async (argv: readonly string[], today?: string): Promise<readonly string[]> => {
        const { stdout } = await workspace.run([...check, ...argv, '-q', '--fail-on', 'info'], {
          ...(today !== undefined && { today }),
        });
        return stdout.split('\n').map(line => line.split('  ')[0]?.replace(/:\d+:\d+/, '') ?? '');
      };
      const found = 'prod.yaml warning image-unknown';
      const unused = '.deploykf-values.yaml info suppression-unused';
      assert.deepEqual(await lines([], '2026-12-31'), [unused, found, '']);
      assert.deepEqual(await lines(['prod.yaml'], '2026-12-31'), [found, '']);
      assert.deepEqual(await lines(['prod.yaml'], '2027-01-01'), [
        '.deploykf-values.yaml warning suppression-unused',
        found,
        'prod.yaml error value-type',
        '',
      ]);
    }),
  );

  it(
    'and comments that nothing needs are removed only when asked for',
    inWorkspace(
      {
        'a.yaml':
          'kubeflow_tools:\n  # deploykf-values-ignore value-type our fork\n  katib:\n    enabled: true\n',
      },
      async workspace => {
        const before = workspace.read('a.yaml');
        await workspace.run(['fix', 'a.yaml']);
        assert.equal(workspace.read('a.yaml'), before);
        const { stdout } = await workspace.run(['check', 'a.yaml']);
        assert.match(
          stdout,
          /^1 unused comment can be removed with: deploykf-values fix a\.yaml --only suppression-unused$/m,
        );
        assert.doesNotMatch(stdout, /can be fixed/);
        await workspace.run(['fix', 'a.yaml', '--only', 'suppression-unused']);
        assert.equal(workspace.read('a.yaml'), 'kubeflow_tools:\n  katib:\n    enabled: true\n');
      },
    ),
  );
});
