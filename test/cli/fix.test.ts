import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { applyPatch, parsePatch } from 'diff';
import type { FixJson } from '../../server/src/core/report/editsJson.ts';
import { rules } from '../../server/src/core/rules/index.ts';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import { SourceText } from '../../server/src/core/text/sourceText.ts';
import { inWorkspace, onlyRules } from '../support/cli.ts';
import { fixShape, shapeProblem } from '../support/shape.ts';

const only = onlyRules(
  ['image-tag-type', 'image-pull-policy-invalid', 'image-unknown', 'yaml-syntax'],
  rules.map(rule => rule.code),
);
const project = { '.deploykf-values.yaml': only };
const before = [
  '# a comment',
  'deploykf_core:',
  '  deploykf_auth:   # two  spaces',
  '    images:',
  '      dex: { tag: 2.40 } # flow',
  '      oauth2Proxy:',
  '        tag: 1e3',
  'unknown: [a,   b]',
  '',
].join('\n');
const after = before.replace('2.40', '"2.40"').replace('1e3', '"1e3"');
/** Istio starts before the policy exists. */
const unreached = [
  'deploykf_dependencies:',
  '  kyverno:',
  '    clusterPolicies:',
  '      imagePullSecrets:',
  '        enabled: true',
  '        registryCredentials:',
  '          - { existingSecret: my-docker-config, existingSecretNamespace: argocd }',
  '  istio:',
  '    images:',
  '      istioPilot: { repository: registry.example.com/pilot }',
  '',
].join('\n');
const crlf = (text: string): string => text.replaceAll('\n', '\r\n');

describe('fix', () => {
  it(
    'tells what is wrong with the stacks of the project file',
    inWorkspace(
      {
        '.deploykf-values.yaml':
          'release: 0.1.5\nrules: { chart-retired: off, image-retired: off }\nstacks: [{ name: p, values: [a.yaml, no.yaml] }]\n',
        'a.yaml': 'kubeflow_tools:\n  volumes:\n    enabled: true\n',
      },
      async workspace => {
        const { code, stdout } = await workspace.run(['fix']);
        assert.equal(code, 1);
        assert.match(stdout, /^\.deploykf-values\.yaml:3:\d+ error stack-file-missing/);
        assert.match(stdout, /Nothing to fix, 1 left \(1 error\)/);
        const json = await workspace.run(['fix', '--format', 'json']);
        assert.deepEqual([json.code, JSON.parse(json.stdout)], [1, { schema: 1, edits: [], remaining: 1 }]);
      },
    ),
  );

  it(
    'writes a file once that a link leads to, too',
    inWorkspace({ ...project, 'real/a.yaml': before }, async workspace => {
      symlinkSync('real/a.yaml', join(workspace.root, 'link.yaml'));
      const { stdout } = await workspace.run(['fix', 'real/a.yaml', 'link.yaml', '--diff']);
      assert.equal(stdout.match(/^--- /gm)?.length, 1);
      const { code, stderr } = await workspace.run(['fix', 'real/a.yaml', 'link.yaml']);
      assert.deepEqual([code === 2, stderr], [false, '']);
    }),
  );

  it(
    'says in JSON what could not be looked at',
    inWorkspace({ ...project, 'a.yaml': before }, async workspace => {
      const { code, stdout, stderr } = await workspace.run(['fix', 'a.yaml', 'no.yaml', '--format', 'json']);
      const { edits, problems } = JSON.parse(stdout) as FixJson;
      assert.deepEqual([code, edits.length, problems], [1, 1, ['no.yaml does not exist']]);
      assert.match(stderr, /no\.yaml does not exist/);
      assert.equal(workspace.read('a.yaml'), after);
    }),
  );

  it(
    'writes the file, says so, and changes nothing the second time',
    inWorkspace({ ...project, 'a.yaml': before }, async workspace => {
      assert.deepEqual(await workspace.run(['fix', 'a.yaml']), {
        code: 0,
        stdout: '2 findings fixed in 1 file\n',
        stderr: '',
      });
      assert.equal(workspace.read('a.yaml'), after);
      assert.deepEqual(await workspace.run(['fix', 'a.yaml']), {
        code: 0,
        stdout: 'Nothing to fix\n',
        stderr: '',
      });
      assert.equal(workspace.read('a.yaml'), after);
    }),
  );

  it(
    'keeps line ends and the byte order mark',
    inWorkspace({ ...project, 'a.yaml': `\uFEFF${crlf(before)}` }, async workspace => {
      await workspace.run(['fix', 'a.yaml']);
      assert.equal(workspace.read('a.yaml'), `\uFEFF${crlf(after)}`);
    }),
  );

  it(
    'keeps the mode, writes through a link and leaves no other file',
    inWorkspace({ ...project, 'real/a.yaml': before }, async workspace => {
      const [real, link] = [join(workspace.root, 'real/a.yaml'), join(workspace.root, 'link.yaml')];
      chmodSync(real, 0o640);
      symlinkSync('real/a.yaml', link);
      assert.equal((await workspace.run(['fix', 'link.yaml'])).code, 0);
      assert.equal(lstatSync(link).isSymbolicLink(), true);
      assert.equal(readFileSync(real, 'utf8'), after);
      assert.equal(statSync(real).mode & 0o777, 0o640);
      assert.deepEqual(readdirSync(join(workspace.root, 'real')), ['a.yaml']);
    }),
  );

  it(
    'says what is left, and fails for it',
    inWorkspace(
      { ...project, 'a.yaml': `${before}kubeflow_tools: {pipelines: {images: {none: {tag: x}}}}\n` },
      async workspace => {
        const { code, stdout } = await workspace.run(['fix', 'a.yaml']);
        assert.equal(code, 1);
        assert.equal(
          stdout,
          'a.yaml:9:39 warning image-unknown  0.1.5 has no image "none", deployKF ignores it\n2 findings fixed in 1 file, 1 left (1 warning)\n',
        );
        assert.equal((await workspace.run(['fix', 'a.yaml', '--fail-on', 'error'])).code, 0);
      },
    ),
  );

  it(
    'fixes only what it is asked for, also what is not for everybody',
    inWorkspace({ 'a.yaml': `${before}${unreached}` }, async workspace => {
      const { stdout } = await workspace.run(['fix', 'a.yaml', '--only', 'pull-secrets-unreached']);
      assert.equal(stdout, '1 finding fixed in 1 file\n');
      const text = workspace.read('a.yaml');
      assert.ok(text.startsWith(before));
      assert.ok(
        text.endsWith('      global:\n        imagePullSecrets:\n          - my-docker-config\n'),
        text,
      );
      const again = await workspace.run(['fix', 'a.yaml', '--only', 'pull-secrets-unreached']);
      assert.equal(again.stdout, 'Nothing to fix\n');
      const { code, stderr } = await workspace.run(['fix', 'a.yaml', '--only', 'image-publik']);
      assert.equal(code, 2);
      assert.match(stderr, /there is no rule "image-publik", did you mean "image-public"\?/);
    }),
  );

  it(
    'leaves broken YAML alone but for what is right',
    inWorkspace(
      { ...project, 'a.yaml': `${before}kubeflow_tools: {katib: {enabled: true}\n` },
      async workspace => {
        const { code } = await workspace.run(['fix', 'a.yaml']);
        assert.equal(code, 1);
        assert.equal(workspace.read('a.yaml'), `${after}kubeflow_tools: {katib: {enabled: true}\n`);
      },
    ),
  );

  it(
    'fixes several files, each in its own stack',
    inWorkspace({ ...project, 'a.yaml': before, 'b/b.yaml': before }, async workspace => {
      assert.equal((await workspace.run(['fix'])).stdout, '4 findings fixed in 2 files\n');
      assert.deepEqual([workspace.read('a.yaml'), workspace.read('b/b.yaml')], [after, after]);
    }),
  );

  it(
    'is a filter for standard input',
    inWorkspace(project, async workspace => {
      const stdin = `\uFEFF${crlf(before)}`;
      const { code, stdout, stderr } = await workspace.run(['fix', '-'], { stdin });
      assert.deepEqual([code, stdout, stderr], [0, `\uFEFF${crlf(after)}`, '2 findings fixed in 1 file\n']);
      assert.equal((await workspace.run(['fix', '-'], { stdin: after })).stdout, after);
    }),
  );

  it(
    'fixes the values in an Application',
    inWorkspace(
      {
        ...project,
        'app.yaml': `kind: Application\nspec:\n  source:\n    plugin:\n      name: deploykf\n      parameters:\n        - name: values\n          string: |\n            ${before.replaceAll('\n', '\n            ')}`,
      },
      async workspace => {
        const text = workspace.read('app.yaml');
        assert.equal((await workspace.run(['fix', 'app.yaml'])).code, 0);
        assert.equal(workspace.read('app.yaml'), text.replace('2.40', '"2.40"').replace('1e3', '"1e3"'));
      },
    ),
  );
});

describe('fix --pin', () => {
  const open =
    'deploykf_dependencies:\n  istio:\n    images:\n      istioProxy:\n        repository: r.example.com/proxyv2\n';
  const closed = `${open}        tag: 1.17.8-distroless\n`;

  it(
    'writes the tags that are left open, and nothing the second time',
    inWorkspace({ '.deploykf-values.yaml': `release: 0.1.5\n${only}`, 'a.yaml': open }, async workspace => {
      assert.equal((await workspace.run(['fix', 'a.yaml'])).stdout, 'Nothing to fix\n');
      assert.equal((await workspace.run(['fix', '--pin', 'a.yaml'])).stdout, '1 file changed\n');
      assert.equal(workspace.read('a.yaml'), closed);
      assert.equal((await workspace.run(['fix', '--pin', 'a.yaml'])).stdout, 'Nothing to fix\n');
    }),
  );

  it(
    'pins nothing where the release is a guess, and says so',
    inWorkspace({ ...project, 'a.yaml': open }, async workspace => {
      assert.equal(
        (await workspace.run(['fix', '--pin', 'a.yaml'])).stdout,
        'Nothing to fix\nNo tag is pinned where the release is only guessed: set "release:" in .deploykf-values.yaml, or --release\n',
      );
      const { edits } = (await workspace.json([
        'fix',
        '--pin',
        '--dry-run',
        '--release',
        '0.1.5',
        'a.yaml',
      ])) as FixJson;
      assert.equal(edits.length, 1);
      assert.equal(workspace.read('a.yaml'), open);
    }),
  );
});

describe('fix --check', () => {
  const stuck = 'deploykf_core:\n  deploykf_auth:\n    images:\n      nosuchimage:\n        tag: "1"\n';

  it(
    'writes nothing, names the files that would be changed, and ends with 1',
    inWorkspace({ ...project, 'a.yaml': before, 'b.yaml': after }, async workspace => {
      assert.deepEqual(await workspace.run(['fix', '--check', 'a.yaml', 'b.yaml']), {
        code: 1,
        stdout: 'a.yaml\n2 findings would be fixed in 1 file\n',
        stderr: '',
      });
      assert.deepEqual(await workspace.run(['fix', '--check', '--quiet', 'a.yaml', 'b.yaml']), {
        code: 1,
        stdout: 'a.yaml\n',
        stderr: '',
      });
      assert.equal(workspace.read('a.yaml'), before);
      const { edits } = (await workspace.json(['fix', '--check', 'a.yaml'])) as FixJson;
      assert.deepEqual(
        edits.map(({ file }) => file),
        ['a.yaml'],
      );
      assert.equal((await workspace.run(['fix', '--check', 'a.yaml', '--format', 'json'])).code, 1);
    }),
  );

  it(
    'ends with 0 where no fix is left, whatever else is found, unless --fail-on asks',
    inWorkspace({ ...project, 'a.yaml': stuck }, async workspace => {
      const { code, stdout } = await workspace.run(['fix', '--check', 'a.yaml']);
      assert.equal(code, 0);
      assert.match(stdout, /^Nothing to fix, 1 left \(1 warning\)\n/);
      assert.equal((await workspace.run(['fix', '--check', '--fail-on', 'warning', 'a.yaml'])).code, 1);
    }),
  );

  it(
    'prints the changes of --diff, too, and standard input to nobody',
    inWorkspace({ ...project, 'a.yaml': before }, async workspace => {
      const both = await workspace.run(['fix', '--check', '--diff', 'a.yaml']);
      assert.deepEqual([both.code, both.stderr], [1, '2 findings would be fixed in 1 file\n']);
      assert.equal(both.stdout, (await workspace.run(['fix', '--dry-run', 'a.yaml'])).stdout);
      assert.equal((await workspace.run(['fix', '--diff', 'a.yaml'])).stdout, both.stdout);
      const filter = await workspace.run(['fix', '--check', '-'], { stdin: before });
      assert.deepEqual([filter.code, filter.stdout.split('\n').length], [1, 3]);
    }),
  );
});

describe('fix --dry-run', () => {
  it(
    'prints a unified diff and writes nothing',
    inWorkspace({ ...project, 'a.yaml': before }, async workspace => {
      const { code, stdout, stderr } = await workspace.run(['fix', '--dry-run', 'a.yaml']);
      assert.equal(
        stdout,
        [
          '--- a/a.yaml',
          '+++ b/a.yaml',
          '@@ -1,8 +1,8 @@',
          ' # a comment',
          ' deploykf_core:',
          '   deploykf_auth:   # two  spaces',
          '     images:',
          '-      dex: { tag: 2.40 } # flow',
          '+      dex: { tag: "2.40" } # flow',
          '       oauth2Proxy:',
          '-        tag: 1e3',
          '+        tag: "1e3"',
          ' unknown: [a,   b]',
          '',
        ].join('\n'),
      );
      assert.deepEqual([code, stderr], [0, '2 findings would be fixed in 1 file\n']);
      assert.equal(workspace.read('a.yaml'), before);
    }),
  );

  for (const [name, text, fixed] of [
    ['plain', before, after],
    ['CRLF with a byte order mark', `\uFEFF${crlf(before)}`, `\uFEFF${crlf(after)}`],
    ['no line end at the end', before.trimEnd(), after.trimEnd()],
  ] as const) {
    it(
      `gives a patch that applies: ${name}`,
      inWorkspace({ ...project, 'sub/a b.yaml': text }, async workspace => {
        const { stdout } = await workspace.run(['fix', '--dry-run', 'sub']);
        assert.equal(applyPatch(text, parsePatch(stdout)[0] ?? '', { autoConvertLineEndings: false }), fixed);
        execFileSync('git', ['apply', '-'], { cwd: workspace.root, input: stdout });
        assert.equal(workspace.read('sub/a b.yaml'), fixed);
      }),
    );
  }

  it(
    'gives the edits as JSON by the schema',
    inWorkspace({ ...project, 'a.yaml': `\uFEFF${crlf(before)}` }, async workspace => {
      const json = await workspace.json(['fix', '--dry-run', 'a.yaml']);
      assert.equal(shapeProblem(json, fixShape), undefined);
      assert.deepEqual(json, {
        schema: 1,
        edits: [
          {
            file: 'a.yaml',
            edits: [
              {
                range: { start: { line: 4, character: 18 }, end: { line: 4, character: 22 } },
                newText: '"2.40"',
              },
              {
                range: { start: { line: 6, character: 13 }, end: { line: 6, character: 16 } },
                newText: '"1e3"',
              },
            ],
          },
        ],
        remaining: 0,
      });
      const source = new SourceText(crlf(before));
      const edits = (json as FixJson).edits[0]?.edits.map(({ range, newText }) => ({
        span: { start: source.offsetAt(range.start), end: source.offsetAt(range.end) },
        newText,
      }));
      assert.equal(applyEdits(source.text, edits ?? []), crlf(after));
    }),
  );
});
