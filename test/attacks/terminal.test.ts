import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inWorkspace } from '../support/cli.ts';

const escape = '\u001B]0;evil\u0007\u001B[2J\u009B31m\u001B[31mFAKE';
const turned = 'a\u202Elmay\u2066x\u200B\u{E0041}';
const values = (text: string): string =>
  [
    'deploykf_core:',
    '  deploykf_auth:',
    '    images:',
    `      dex: { repository: ${JSON.stringify(text)}, tag: ${JSON.stringify(text)} }`,
    `      ${JSON.stringify(text)}: { tag: 2.40 }`,
    'kubeflow_tools:',
    `  ${JSON.stringify(text)}: 1`,
    '',
  ].join('\n');

const ourColours = /\u001B\[(?:[0-2]|3[1-6])m/g;
const unprintable =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069]|[\u{E0000}-\u{E007F}]/u;

describe('What the workspace writes moves no terminal', () => {
  for (const [kind, text] of Object.entries({ escape, turned })) {
    const name = `${text.replaceAll('/', '')}.yaml`;
    const files = {
      [name]: values(text),
      [`x${name}`]: 'other: 1\n',
      'broken.yaml': `deploykf_core:\n  "${text}\n`,
      '.deploykf-values.yaml': `stacks: [{name: ${JSON.stringify(text)}, values: [${JSON.stringify(name)}, ${JSON.stringify(`gone${name}`)}]}]\nregistry: {rules: [{source: "*", target: "r.example.com/{registry}/{path}"}]}\n`,
    };
    for (const argv of [
      ['check'],
      ['check', '.'],
      ['check', name],
      ['check', 'broken.yaml'],
      ['check', `x${name}`],
      ['check', `none${name}`],
      ['check', '--stack', text],
      ['check', '--release', text, name],
      ['check', `--${text}`],
      [text],
      ['images', name],
      ['explain', 'deploykf_core.deploykf_auth.images.dex', name],
      ['explain', text, name],
      ['fix', '--dry-run', name],
      ['pull-secret', '--explain', name],
      ['pull-secret', '--registry', text, '--name', text, '--namespace', text],
      ['init', '--registry', text],
      ['init', '--layout', text],
    ]) {
      it(
        `${kind}: ${JSON.stringify(argv).slice(0, 60)}`,
        inWorkspace(files, async workspace => {
          for (const color of ['never', 'always']) {
            const takesColour = !['init', text].includes(argv[0] ?? '') && argv[1] !== '--registry';
            const words = takesColour ? [...argv, '--color', color] : argv;
            const { stdout, stderr } = await workspace.run(words, { columns: 100 });
            assert.ok(stdout + stderr !== '');
            assert.doesNotMatch((stdout + stderr).replace(ourColours, ''), unprintable);
            assert.doesNotMatch(stdout + stderr, /\u001B\[31mFAKE/);
            if (color === 'never') assert.doesNotMatch(stdout + stderr, /\u001B/);
          }
        }),
      );
    }

    it(
      `${kind}: JSON shows every character, and says the same`,
      inWorkspace(files, async workspace => {
        const { stdout } = await workspace.run(['check', name, '--format', 'json']);
        assert.doesNotMatch(stdout, unprintable);
        const { findings } = JSON.parse(stdout) as { findings: readonly { readonly file: string }[] };
        assert.ok(findings.some(({ file }) => file === name));
      }),
    );
  }

  it(
    'nor a shell: the command that it prints does nothing else',
    inWorkspace({}, async workspace => {
      const names = [
        '$(touch evil).yaml',
        '`touch evil`.yaml',
        "a'; touch evil; '.yaml",
        'a b.yaml',
        '-rf.yaml',
        'a\nb.yaml',
        '\u001B[31mred\u001B[0m.yaml',
        `it's\\\u202E\u{E0041}\t.yaml`,
      ];
      for (const name of names)
        workspace.write(name, 'deploykf_core: {deploykf_auth: {images: {dex: {tag: 2.40}}}}\n');
      for (const name of names) {
        const { stdout } = await workspace.run(['check', '--', name]);
        const line =
          /can be fixed with: (deploykf-values fix [^]*?)\n(?:Taken for .*\n)?$/.exec(stdout)?.[1] ?? '';
        assert.notEqual(line, '', stdout);
        assert.doesNotMatch(line, unprintable);
        assert.doesNotMatch(line, /[\n\t]/);
        const script = `show() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${line.replace(/^deploykf-values/, 'show')}`;
        const ran = spawnSync('bash', ['-c', script], { cwd: workspace.root, encoding: 'utf8' });
        const words = ran.stdout.split('\0').slice(1, -1);
        assert.deepEqual(
          words.map(word => word.replace(/^\.\//, '')),
          [name],
          line,
        );
        assert.ok(!words[0]?.startsWith('-'), line);
        assert.equal(existsSync(join(workspace.root, 'evil')), false);
      }
    }),
  );
});
