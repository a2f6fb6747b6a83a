import assert from 'node:assert/strict';
import { rules } from '../../server/src/core/rules/index.ts';
import { inWorkspace, onlyRules } from '../support/cli.ts';
import { checkShape, shapeProblem } from '../support/shape.ts';

const codes = rules.map(rule => rule.code);
const only = onlyRules(['image-tag-type', 'image-unknown'], codes);
const onlyProject = onlyRules(['project-file-invalid'], codes);
const prod = [
  '# prod',
  'deploykf_core:',
  '  deploykf_auth:',
  '    images:',
  '      dex:',
  '        tag: 2.40',
  'kubeflow_tools:',
  '  pipelines:',
  '    images:',
  '      kfpApiSever:',
  '        tag: "2.1.0"',
  '',
].join('\n');
const clean = 'kubeflow_tools:\n  katib:\n    enabled: true\n';
const tagFinding = 'YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it';
const files = { 'prod.yaml': prod, '.deploykf-values.yaml': only };

/** What is said last where nothing names the release. */
const taken =
  'Taken for deployKF 0.1.5, the newest release that is known: set "release:" in .deploykf-values.yaml, or --release\n';

describe('check', () => {
  it(
    'shows findings with their lines, counts them and says how to fix them',
    inWorkspace(files, async workspace => {
      assert.deepEqual(await workspace.run(['check', 'prod.yaml']), {
        code: 1,
        stderr: '',
        stdout: [
          `prod.yaml:6:14 error image-tag-type  ${tagFinding}`,
          '  6 |         tag: 2.40',
          '    |              ^^^^',
          '',
          'prod.yaml:10:7 warning image-unknown  0.1.5 has no image "kfpApiSever", did you mean "kfpApiServer"?',
          '  10 |       kfpApiSever:',
          '     |       ^^^^^^^^^^^',
          '',
          '2 findings (1 error and 1 warning) in 1 of 1 file',
          '1 can be fixed with: deploykf-values fix prod.yaml',
          taken.trimEnd(),
          '',
        ].join('\n'),
      });
    }),
  );

  it(
    'prints JSON by the schema',
    inWorkspace(files, async workspace => {
      const json = await workspace.json(['check', 'prod.yaml']);
      assert.equal(shapeProblem(json, checkShape), undefined);
      assert.deepEqual(json, {
        schema: 1,
        findings: [
          {
            code: 'image-tag-type',
            severity: 'error',
            message: tagFinding,
            file: 'prod.yaml',
            range: { start: { line: 5, character: 13 }, end: { line: 5, character: 17 } },
            stacks: [],
            fixes: ['Quote the tag: "2.40"'],
            path: 'deploykf_core.deploykf_auth.images.dex',
          },
          {
            code: 'image-unknown',
            severity: 'warning',
            message: '0.1.5 has no image "kfpApiSever", did you mean "kfpApiServer"?',
            file: 'prod.yaml',
            range: { start: { line: 9, character: 6 }, end: { line: 9, character: 17 } },
            stacks: [],
            fixes: ['Rename to kfpApiServer', 'Remove "kfpApiSever", which 0.1.5 ignores'],
            path: 'kubeflow_tools.pipelines.images.kfpApiSever',
          },
        ],
        files: 1,
      });
    }),
  );

  it(
    'is clean with exit code 0',
    inWorkspace({ 'a.yaml': clean, '.deploykf-values.yaml': only }, async workspace => {
      assert.deepEqual(await workspace.run(['check', 'a.yaml']), {
        code: 0,
        stdout: 'No findings in 1 file\n' + taken,
        stderr: '',
      });
    }),
  );

  it(
    'prints one line a finding that counts when quiet',
    inWorkspace(files, async workspace => {
      const quiet = await workspace.run(['check', 'prod.yaml', '-q', '--fail-on', 'error']);
      assert.deepEqual(quiet, {
        code: 1,
        stdout: `prod.yaml:6:14 error image-tag-type  ${tagFinding}\n`,
        stderr: '',
      });
    }),
  );

  it(
    'fails on the severity that is asked for',
    inWorkspace(
      {
        'a.yaml': clean,
        '.deploykf-values.yaml': `${only}  image-tag-type: warning\n`.replace(
          / {2}image-tag-type: off\n/,
          '',
        ),
      },
      async workspace => {
        workspace.write('a.yaml', prod.replace('kfpApiSever', 'kfpApiServer'));
        assert.equal((await workspace.run(['check', 'a.yaml'])).code, 1);
        assert.equal((await workspace.run(['check', 'a.yaml', '--fail-on', 'error'])).code, 0);
        assert.equal((await workspace.run(['check', 'a.yaml', '--fail-on=info'])).code, 1);
      },
    ),
  );

  it(
    'names the stacks of a finding, and counts each file once',
    inWorkspace(
      {
        'base.yaml': clean,
        'prod.yaml': prod,
        '.deploykf-values.yaml': `stacks:\n  - name: prod\n    values: [base.yaml, prod.yaml]\n  - name: stage\n    values: [base.yaml]\n${only}`,
      },
      async workspace => {
        const json = (await workspace.json(['check'])) as {
          findings: { code: string; stacks: string[] }[];
          files: number;
        };
        assert.deepEqual(
          json.findings.map(({ code, stacks }) => [code, stacks]),
          [
            ['image-tag-type', ['prod']],
            ['image-unknown', ['prod']],
          ],
        );
        assert.equal(json.files, 2);
        assert.equal(
          (await workspace.run(['check', '--stack', 'stage'])).stdout,
          'No findings in 1 file\n' + taken,
        );
      },
    ),
  );

  it(
    'gives the command that fixes the same input',
    inWorkspace(files, async workspace => {
      const { stdout } = await workspace.run(['check', '--values', 'prod.yaml', '--release', 'v0.1.5']);
      assert.equal(
        stdout.split('\n').at(-2),
        '1 can be fixed with: deploykf-values fix --values prod.yaml --release v0.1.5',
      );
    }),
  );

  it(
    'shows what is wrong in the project file',
    inWorkspace(
      { 'a.yaml': clean, '.deploykf-values.yaml': `relase: 0.1.5\n${onlyProject}` },
      async workspace => {
        const { code, stdout } = await workspace.run(['check', 'a.yaml', '--quiet']);
        assert.equal(code, 1);
        assert.equal(
          stdout,
          '.deploykf-values.yaml:1:1 error project-file-invalid  Unknown key "relase", did you mean "release"?\n',
        );
      },
    ),
  );

  it(
    'shows values in an Application at their place',
    inWorkspace(
      {
        '.deploykf-values.yaml': only,
        'app.yaml': [
          'kind: Application',
          'metadata: { name: deploykf }',
          'spec:',
          '  source:',
          '    plugin:',
          '      name: deploykf',
          '      parameters:',
          '        - name: source_version',
          '          string: "0.1.5"',
          '        - name: values',
          '          string: |',
          ...prod.split('\n').map(line => (line === '' ? '' : `            ${line}`)),
        ].join('\n'),
      },
      async workspace => {
        const { stdout } = await workspace.run(['check', 'app.yaml', '-q']);
        assert.deepEqual(
          stdout.split('\n').map(line => line.split('  ')[0]),
          ['app.yaml:17:26 error image-tag-type', 'app.yaml:21:19 warning image-unknown', ''],
        );
      },
    ),
  );
});

describe('colours', () => {
  const isColoured = (text: string): boolean => text.includes('\u001B[');
  it(
    'are there only on a terminal, or when asked for',
    inWorkspace(files, async workspace => {
      const colours = async (argv: readonly string[], options = {}): Promise<boolean> =>
        isColoured((await workspace.run(['check', 'prod.yaml', ...argv], options)).stdout);
      assert.equal(await colours([]), false);
      assert.equal(await colours([], { columns: 80 }), true);
      assert.equal(await colours([], { columns: 80, env: { NO_COLOR: '1' } }), false);
      assert.equal(await colours([], { columns: 80, env: { TERM: 'dumb' } }), false);
      assert.equal(await colours([], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }), true);
      assert.equal(await colours([], { columns: 80, env: { FORCE_COLOR: '0' } }), false);
      assert.equal(await colours(['--color', 'never'], { columns: 80, env: { FORCE_COLOR: '1' } }), false);
      assert.equal(await colours(['--color', 'never'], { columns: 80 }), false);
      assert.equal(await colours(['--color', 'always']), true);
      assert.equal(await colours(['--color', 'always'], { env: { NO_COLOR: '1' } }), true);
    }),
  );

  it(
    'change nothing but the colours',
    inWorkspace(files, async workspace => {
      const plain = await workspace.run(['check', 'prod.yaml']);
      const coloured = await workspace.run(['check', 'prod.yaml', '--color', 'always']);
      assert.equal(coloured.stdout.replace(/\u001B\[\d+m/g, ''), plain.stdout);
    }),
  );
});
