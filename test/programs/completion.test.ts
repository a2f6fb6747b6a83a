import assert from 'node:assert/strict';
import { CliWorkspace } from '../support/cli.ts';
import { canRun } from '../support/exports.ts';
import { runProgram } from '../support/shell.ts';
import { zshCapture } from '../support/zshCapture.ts';

const workspace = new CliWorkspace({ 'prod.yaml': '', 'values dir/a.yaml': '' });

/** What a shell offers at the end of each command line, sorted. */
const offers: Readonly<
  Record<string, (lines: readonly string[]) => Promise<readonly (readonly string[])[]>>
> = {
  bash: async typed => {
    const calls = typed.map(line => {
      const words = line.split(' ').flatMap(word => word.split(/(=)/).filter(part => part !== ''));
      if (line.endsWith(' ')) words.push('');
      const quoted = words.map(word => `'${word}'`).join(' ');
      return `COMP_WORDS=(${quoted}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _deploykf_values; printf '%s\\n' "\${COMPREPLY[@]}" @`;
    });
    return parted(await outputOf('bash', ['--norc', '-c', ['. ./bash', ...calls].join('\n')]));
  },
  zsh: typed =>
    Promise.all(
      typed.map(async line => linesOf(await outputOf('zsh', ['-f', '-c', zshCapture, 'zsh', line]))),
    ),
  fish: async typed => {
    const calls = typed.map(line => `complete -C ${JSON.stringify(line)}; echo @`);
    const found = await outputOf('fish', ['--no-config', '-c', ['source ./fish', ...calls].join('\n')]);
    return parted(found.replace(/\t.*$/gm, ''));
  },
};

/** What was offered before each line `@`. */
function parted(output: string): readonly (readonly string[])[] {
  return output.split(/^@\n/m).slice(0, -1).map(linesOf);
}

function linesOf(output: string): readonly string[] {
  return [...new Set(output.split('\n').filter(line => line !== ''))].sort();
}

async function outputOf(shell: string, argv: readonly string[]): Promise<string> {
  const { stdout, stderr } = await runProgram(shell, argv, { cwd: workspace.root, env: { TERM: 'dumb' } });
  assert.equal(stderr, '');
  return stdout;
}

/** `inZsh`: a zsh that completes takes a second to start. */
const expected: readonly {
  readonly line: string;
  readonly words: readonly string[];
  readonly inZsh?: true;
}[] = [
  { line: 'ch', words: ['check'] },
  { line: 'pull-secret ', words: ['add', 'create', 'explain'] },
  { line: 'check --format ', words: ['github', 'gitlab', 'json', 'junit', 'sarif', 'text'] },
  { line: 'check --fail-on=w', words: ['warning'], inZsh: true },
  { line: 'pull-secret add --dry', words: ['--dry-run'], inZsh: true },
  { line: 'explain --im', words: ['--image'] },
  {
    line: 'explain deploykf_core.deploykf_auth.images.d',
    words: ['deploykf_core.deploykf_auth.images.dex'],
    inZsh: true,
  },
  { line: 'explain --stack prod pro', words: ['prod.yaml'] },
  { line: 'upgrade 0.1.4 0.1.', words: ['0.1.0', '0.1.1', '0.1.2', '0.1.3', '0.1.4', '0.1.5'], inZsh: true },
  { line: 'upgrade 0.1.5 pro', words: ['prod.yaml'], inZsh: true },
  { line: 'check --fo', words: ['--format'] },
  { line: 'check --quiet pro', words: ['prod.yaml'] },
  { line: 'fix --only image-tag-t', words: ['image-tag-type'] },
  { line: 'images --release 0.1.5 --values pro', words: ['prod.yaml'] },
  { line: 'completion ', words: ['bash', 'fish', 'zsh'] },
  { line: 'help mir', words: ['mirror'] },
];

describe('completion', function () {
  this.timeout(30_000);
  before(async () => {
    for (const shell of Object.keys(offers)) {
      const { stdout } = await workspace.run(['completion', shell]);
      workspace.write(shell, stdout);
    }
  });
  after(() => workspace.remove());

  for (const [shell, offer] of Object.entries(offers)) {
    it(`in ${shell}`, async function () {
      if (!canRun(shell, '--version')) {
        assert.notEqual(process.env.CI, 'true', `${shell} is not installed`);
        this.skip();
      }
      const chosen = shell === 'zsh' ? expected.filter(({ inZsh }) => inZsh) : expected;
      const found = await offer(chosen.map(({ line }) => `deploykf-values ${line}`));
      const plain = found.map(items => items.map(item => item.replace(/^--fail-on=/, '').replace(/=$/, '')));
      assert.deepEqual(
        plain,
        chosen.map(({ words }) => words),
      );
    });
  }
});
