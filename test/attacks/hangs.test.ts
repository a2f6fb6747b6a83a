import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCommands } from '../../server/src/core/stack/command.ts';
import { bundle, LimitedModule, runLimited } from '../support/limited.ts';

const dex = (value: string): string =>
  `deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        ${value}\n`;
const banner = '################\n# core\n################\n';
const application = (values: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: a}
spec:
  source:
    plugin:
      name: deploykf
      parameters:
        - name: values
          string: ${values}
`;

/** What a rule says on 10,000 lines, each with an edit of its own. */
const repeated = `${dex('tag: v1')}${Array.from({ length: 10_000 }, (_, index) => `k${index % 10}: ${index % 10}\n`).join('')}`;

/** Texts on which an expression that goes back hangs, or takes minutes. */
const texts: Readonly<Record<string, string>> = {
  'a line without a colon above a banner': `kubeflow_tools: {}\nfoo bar\n${banner}deploykf_core: {}\n`,
  'a line without a colon above many banners': `kubeflow_tools: {}\nfoo bar\n${banner.repeat(300)}deploykf_core: {}\n`,
  'a key and many blank comments': `kubeflow_tools: {}\nfoo\n${' #'.repeat(20_000)}\n: deploykf_core\n`,
  'slashes in a repository': dex(`repository: ${'/'.repeat(100_000)}x`),
  'slashes after a repository': dex(`repository: a${'/'.repeat(100_000)} b`),
  'colons in a repository': dex(`repository: ${':'.repeat(100_000)}]`),
  'blanks in a repository': dex(`repository: "a${' '.repeat(100_000)}b"`),
  'dots in a repository': dex(`repository: ${'a.'.repeat(50_000)}!`),
  'dashes in a tag': dex(`tag: ${'a-'.repeat(50_000)}!`),
  'zeros in a tag': dex(`tag: 2024-05-10 10:10:10.${'0'.repeat(100_000)}1x`),
  'blanks before a broken block header': dex(`tag: |${' '.repeat(100_000)}x`),
  'many block headers on a line': `{{ a }}\nkubeflow_tools:\n${'| # '.repeat(50_000)}x\n`,
  'many tags before a block header': `{{ a }}\nkubeflow_tools:\n  x: ${'&a '.repeat(50_000)}| x\n`,
  'blanks on a template line': `${' '.repeat(100_000)}{{ a }}${' '.repeat(100_000)}x\nkubeflow_tools: {}\n`,
  'braces on a template line': `kubeflow_tools: {}\n{{${'}'.repeat(100_000)}x\n`,
  'blanks without a colon': `kubeflow_tools:\n  katib${' '.repeat(100_000)}x\n`,
  'many lines of blanks without a colon': `kubeflow_tools:\n${`  katib${' '.repeat(1000)}x\n`.repeat(300)}`,
  'quotes without an end': `kubeflow_tools:\n  "${'\\"'.repeat(50_000)}\n`,
  'single quotes without an end': `kubeflow_tools:\n  '${"''".repeat(50_000)}\n`,
  'anchors without a value': `kubeflow_tools:\n  katib: ${'&!'.repeat(50_000)}\n    x\n`,
  'brackets without an end': `kubeflow_tools:\n  katib: ${'['.repeat(150)}${' '.repeat(100_000)}\n`,
  'commas in brackets': `kubeflow_tools: [${','.repeat(50_000)}\n`,
  'dashes of a list': `kubeflow_tools:\n  ${'- '.repeat(150)}${'-'.repeat(100_000)}\n`,
  'slashes in a list of images': [
    'kubeflow_tools:',
    '  notebooks:',
    '    spawnerFormDefaults:',
    '      image:',
    '        options:',
    `          - ${'/'.repeat(50_000)}${':@'.repeat(20_000)}`,
    '',
  ].join('\n'),
  'slashes in a chart repository': [
    'deploykf_dependencies:',
    '  istio:',
    '    charts:',
    '      istioBase:',
    `        repository: https://a${'/'.repeat(100_000)}b`,
    '',
  ].join('\n'),
  'blanks and a lone CR in an Application': application(`"kubeflow_tools: {}${' '.repeat(100_000)}\rx"`),
  'line ends in a string of an Application': application(
    `|+\n            kubeflow_tools: {}${'\n'.repeat(50_000)}`,
  ),
  'words in a string of an Application': application(`kubeflow_tools ${'a '.repeat(50_000)}`),
  'keys that are repeated 10,000 times': repeated,
  'keys that are repeated 10,000 times in an Application': application(
    `|\n${repeated.replace(/^/gm, '            ')}`,
  ),
  'a command with many line ends in a string': `kubeflow_tools:\n  a: "deploykf${' \\\n'.repeat(40)} x"\n`,
};

const scripts: Readonly<Record<string, string>> = {
  'many continued lines': `deploykf${' \\\n'.repeat(40)}x\n`,
  'very many continued lines': `deploykf${' \\\n'.repeat(100_000)}x\n`,
  'blanks after continued lines': `deploykf${` \\\n${' '.repeat(50)}`.repeat(5000)}x\n`,
  'a name that goes on': `${'deploykf-'.repeat(50_000)}\n`,
  'names on a line': `${'deploykf '.repeat(50_000)}\n`,
  '20,000 commands': 'deploykf generate -V 0.1.5 -f a.yaml\n'.repeat(20_000),
  '20,000 commands on a line': 'deploykf generate -V 0.1.5 -f a.yaml '.repeat(20_000),
  '20,000 commands in a folded block': `run: >\n${'  deploykf generate -V 0.1.5 -f a.yaml\n'.repeat(20_000)}`,
  '20,000 commands of other files': Array.from(
    { length: 20_000 },
    (_, index) => `deploykf generate -f a.yaml -f ${index}.yaml\n`,
  ).join(''),
  '20,000 commands without values': 'deploykf generate -V 0.1.5 \n'.repeat(20_000),
  'a comment and many commands': `# x ${'deploykf generate -f a.yaml '.repeat(20_000)}\n`,
  'quotes without an end': `deploykf generate ${'"'.repeat(100_000)}\n`,
  'pieces of one word': `deploykf generate --${"a''".repeat(100_000)}\n`,
};

describe('Nothing hangs', function () {
  this.timeout(120_000);
  const program = bundle('cli');
  const folder = mkdtempSync(join(tmpdir(), 'deploykf-hangs-'));
  const editor = new LimitedModule('test/support/everything.ts');
  const reader = new LimitedModule('server/src/core/stack/command.ts');
  after(async () => {
    program.remove();
    await Promise.all([editor.end(), reader.end()]);
    rmSync(folder, { recursive: true });
  });

  for (const [name, text] of Object.entries(texts)) {
    it(`in the editor: ${name}`, async () => {
      assert.equal(typeof (await editor.call('doEverything', [text])), 'number');
    });
  }

  it('in the shell', async () => {
    const all = join(folder, 'all');
    mkdirSync(all);
    Object.values(texts).forEach((text, index) => writeFileSync(join(all, `${index}.yaml`), text));
    const { code } = await runLimited(process.execPath, [program.file, 'check', '.'], {
      cwd: all,
      seconds: 50,
    });
    assert.ok(code === 0 || code === 1, String(code));
    rmSync(all, { recursive: true });
  });

  for (const [name, text] of Object.entries(scripts)) {
    it(`on a script: ${name}`, async () => {
      for (const shell of ['posix', 'powershell']) {
        await reader.call('findCommands', [text, shell]);
      }
      writeFileSync(join(folder, 'deploy.sh'), text);
      writeFileSync(join(folder, 'a.yaml'), 'kubeflow_tools: {}\n');
      const { code } = await runLimited(process.execPath, [program.file, 'check', 'deploy.sh'], {
        cwd: folder,
      });
      assert.notEqual(code, undefined, 'it was killed');
    });
  }

  it('on a target with a placeholder eight times, which is told where it stands', async () => {
    const target = Array.from({ length: 8 }, () => '{path}').join('-');
    const project = `registry:\n  rules:\n    - source: "*"\n      target: registry.example.com/${target}\n`;
    writeFileSync(join(folder, '.deploykf-values.yaml'), project);
    writeFileSync(join(folder, 'values.yaml'), dex(`repository: registry.example.com/${'a-'.repeat(100)}a`));
    const argv = [program.file, 'check', 'values.yaml'];
    const { code, stdout } = await runLimited(process.execPath, argv, { cwd: folder });
    rmSync(join(folder, '.deploykf-values.yaml'));
    assert.equal(code, 1);
    assert.match(stdout, /"\{path\}" is used twice in the target: use each placeholder once/);
  });

  it('and the first of many commands are still read', () => {
    const commands = findCommands('deploykf generate -V 0.1.5 -f a.yaml\n'.repeat(20_000));
    assert.equal(commands.length, 200);
    assert.deepEqual(
      commands[199]?.values.map(({ text }) => text),
      ['a.yaml'],
    );
  });
});
