import assert from 'node:assert/strict';
import { rules } from '../../server/src/core/rules/index.ts';
import { inWorkspace, onlyRules, type CliWorkspace } from '../support/cli.ts';
import { application } from '../support/manifests.ts';

const only = onlyRules(
  ['image-tag-type', 'stack-file-missing', 'yaml-syntax', 'release-unknown'],
  rules.map(rule => rule.code),
);
const project = { '.deploykf-values.yaml': only };
const dex = (tag: string): string => `deploykf_core: {deploykf_auth: {images: {dex: {tag: ${tag}}}}}\n`;

async function quiet(workspace: CliWorkspace, ...argv: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await workspace.run(['check', '-q', ...argv]);
  return [String(code), ...(stdout + stderr).split('\n').filter(line => line !== '')];
}

const noMap = (kind: string): string =>
  `yaml-syntax  deployKF stops here: values must be a map such as "kubeflow_tools:", this is ${kind}`;

describe('bad input in the shell', () => {
  it(
    'is a file that is named like a flag',
    inWorkspace(project, async workspace => {
      const { code, stderr } = await workspace.run(['check', '--', '--help']);
      assert.deepEqual([code, stderr], [2, 'deploykf-values: --help does not exist\n']);
    }),
  );

  it(
    'is named where a found file begins as values of deployKF do and cannot be read whole',
    inWorkspace({ ...project, 'good.yaml': dex('v1') }, async workspace => {
      const values = 'kubeflow_tools:\n  katib:\n    enabled: true\n';
      const others = 'image:\n  tag: 1.0\n# for kubeflow_tools\n';
      const large = (text: string): string => `${text}#${'x'.repeat(11 * 1024 * 1024)}\n`;
      const utf16 = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, 'utf16le');
      const latin = (text: string): Uint8Array => Buffer.from(`${text}# f\u00fcr\n`, 'latin1');
      workspace.write('theirs/large.yaml', large(others));
      workspace.write('theirs/utf16.yaml', utf16(others));
      workspace.write('theirs/latin.yaml', latin(others));
      assert.deepEqual(await quiet(workspace), ['0']);
      workspace.write('ours/large.yaml', large(values));
      workspace.write('ours/utf16.yaml', utf16(values));
      workspace.write('ours/utf16be.yaml', Buffer.from(utf16(values)).swap16());
      workspace.write('ours/latin.yaml', latin(values));
      assert.deepEqual(
        await quiet(workspace),
        [
          '1',
          'deploykf-values: ours/large.yaml is larger than 10 MB and not read: values files are small',
          'deploykf-values: ours/latin.yaml is not UTF-8 text: save it as UTF-8',
          'deploykf-values: ours/utf16.yaml is not UTF-8 text: save it as UTF-8',
          'deploykf-values: ours/utf16be.yaml is not UTF-8 text: save it as UTF-8',
        ].toSorted(),
      );
    }),
  );

  it(
    'in the values of an Application is shown inside the string, whatever its style',
    inWorkspace(
      {
        ...project,
        'app.yaml': [
          application('block', '- name: values', '  string: |', '    kubeflow_tools:', '      katib: [1'),
          application('quoted', '- { name: values, string: "kubeflow_tools: {katib: [1\\n" }'),
          application('list', '- { name: values, string: "- a" }'),
          application('text', '- { name: values, string: just text }'),
          application('null', '- { name: values, string: ~ }', '- { name: values_files, array: ~ }'),
          application(
            'map',
            '- { name: values, string: { a: 1 } }',
            '- { name: values_files, array: { a: 1 } }',
          ),
        ].join('---\n'),
      },
      async workspace => {
        const closed = 'is missing, or a line is not indented more than the key';
        assert.deepEqual(await quiet(workspace, 'app.yaml'), [
          '1',
          `app.yaml:12:23 error yaml-syntax  The "[" before this is not closed: a "]" ${closed}`,
          `app.yaml:22:61 error yaml-syntax  The "[" before this is not closed: a "]" ${closed}`,
          `app.yaml:22:61 error yaml-syntax  The "{" before this is not closed: a "}" ${closed}`,
          `app.yaml:32:36 error ${noMap('a list')}`,
          `app.yaml:42:35 error ${noMap('a string')}`,
        ]);
      },
    ),
  );

  it(
    'is a layer that is no map: the others are checked',
    inWorkspace(
      {
        '.deploykf-values.yaml': `stacks:\n  - {name: prod, values: [list.yaml, text.yaml, empty.yaml, a.yaml]}\n${only}`,
        'list.yaml': '- a\n',
        'text.yaml': 'hello\n',
        'empty.yaml': '# nothing yet\n',
        'a.yaml': dex('2.40'),
      },
      async workspace => {
        const wanted = [
          '1',
          `list.yaml:1:1 error ${noMap('a list')}`,
          `text.yaml:1:1 error ${noMap('a string')}`,
          'a.yaml:1:53 error image-tag-type  YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it',
        ];
        assert.deepEqual(await quiet(workspace), wanted);
        assert.deepEqual(
          await quiet(workspace, '--values', 'list.yaml', 'text.yaml', 'empty.yaml', 'a.yaml'),
          wanted,
        );
        // Alone, nothing says that it is to be one.
        assert.deepEqual(await quiet(workspace, 'list.yaml', 'text.yaml'), [
          '0',
          'deploykf-values: 2 files (list.yaml, text.yaml) skipped: not deployKF values, so nothing was checked',
        ]);
      },
    ),
  );

  it(
    'is a values file that is missing: its place in the Application, the others are checked',
    inWorkspace(
      {
        ...project,
        'app.yaml': application('app', '- name: values_files', '  array:', '    - gone.yaml', '    - a.yaml'),
        'a.yaml': dex('2.40'),
      },
      async workspace =>
        assert.deepEqual(await quiet(workspace), [
          '1',
          'app.yaml:11:15 error stack-file-missing  Values file "gone.yaml" of stack app does not exist: correct the path or create the file',
          'a.yaml:1:53 error image-tag-type  YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it',
        ]),
    ),
  );

  it(
    'is an Application that another tool fills in, or with an empty name: the rest is checked',
    inWorkspace(
      {
        ...project,
        'app.yaml': application(
          'app',
          '- { name: values_files, array: ["envs/${ENV}.yaml", "", "{{ .file }}"] }',
          '- name: values',
          '  string: |',
          ...dex('2.40')
            .trimEnd()
            .split('\n')
            .map(line => `    ${line}`),
        ).replace('"0.1.5"', '"${DEPLOYKF}"'),
      },
      async workspace =>
        assert.deepEqual(await quiet(workspace, 'app.yaml'), [
          '1',
          'app.yaml:9:61 error stack-file-missing  Values file "" of stack app does not exist: correct the path or create the file',
          'app.yaml:12:65 error image-tag-type  YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it',
        ]),
    ),
  );

  it(
    'is a folder in place of a values file: it is said, the rest is checked',
    inWorkspace(
      {
        ...project,
        'app.yaml': application('app', '- { name: values_files, array: [sub, a.yaml] }'),
        'a.yaml': dex('2.40'),
        'sub/other.yaml': dex('"1"'),
      },
      async workspace =>
        assert.deepEqual(await quiet(workspace, 'app.yaml'), [
          '1',
          'app.yaml:9:41 error stack-file-missing  Values file "sub" of stack app is a folder, but a file is expected here',
          'a.yaml:1:53 error image-tag-type  YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it',
        ]),
    ),
  );

  it(
    'is a string that cannot hold the fixes: none is promised',
    inWorkspace(
      { 'app.yaml': application('app', "- { name: values, string: 'kubeflow_tools: {}' }") },
      async workspace => {
        const check = await workspace.run(['check', 'app.yaml']);
        assert.match(check.stdout, /\d findings \(\d warnings\) in 1 of 1 file\n$/);
        assert.match((await workspace.run(['fix', 'app.yaml'])).stdout, /^Nothing to fix, \d left/m);
      },
    ),
  );

  it(
    'are Applications that disagree: the findings of a shared file say which stack they are of',
    inWorkspace(
      {
        ...project,
        'dev.yaml': application('dev', '- { name: values_files, array: [base.yaml] }'),
        'prod.yaml': application('prod', '- { name: values_files, array: [base.yaml, last.yaml] }'),
        'base.yaml': dex('2.40'),
        'last.yaml': dex('"2.40"'),
      },
      async workspace => {
        assert.deepEqual(await quiet(workspace), [
          '1',
          'base.yaml:1:53 error image-tag-type  YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it (stack dev)',
        ]);
        workspace.write('last.yaml', 'kubeflow_tools: {}\n');
        assert.deepEqual(await quiet(workspace), [
          '1',
          'base.yaml:1:53 error image-tag-type  YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it',
        ]);
      },
    ),
  );

  it(
    'of values that are too deep to be read is told, whatever else is lost',
    inWorkspace(
      { ...project, 'deep.yaml': `deploykf_core:\n  deploykf_auth: {}\n${'? '.repeat(50_000)}\n` },
      async workspace => {
        const [code, ...lines] = await quiet(workspace, 'deep.yaml');
        assert.equal(code, '1');
        assert.match(lines[0] ?? '', /^deep\.yaml:\d+:\d+ error yaml-syntax {2}This is nested too deeply/);
      },
    ),
  );
});
