import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitIgnore } from '../../server/src/host/gitIgnore.ts';
import { bundle, callLimited, runLimited } from '../support/limited.ts';

/** Whether paths are ignored, in a thread that is ended when it takes too long. To be called through `callLimited`. */
export function ignoredOf(text: string, paths: readonly string[]): readonly boolean[] {
  const rules = new GitIgnore();
  rules.add('', text);
  return paths.map(path => rules.ignores(path));
}

const ignored = (text: string, paths: readonly string[], seconds = 20): Promise<unknown> =>
  callLimited({ module: 'test/attacks/gitIgnore.test.ts', name: 'ignoredOf' }, [text, paths], seconds);

const as = 'a'.repeat(250);

// The thread loads this file, too, where no tests are described.
if (typeof describe === 'function')
  describe('a .gitignore that costs a lot', function () {
    this.timeout(60_000);

    const patterns: Readonly<Record<string, readonly [pattern: string, path: string]>> = {
      'many asterisks': [`${'*a'.repeat(40)}b`, as],
      'many question marks and asterisks': [`${'*?'.repeat(60)}b`, as],
      'many folders': [`${'**/a/'.repeat(60)}b`, `${'a/'.repeat(2000)}c`],
      'folders and asterisks': [`${'**/*a*a*a/'.repeat(20)}b`, `${'aaaaaaaaaaaa/'.repeat(300)}c`],
      'many sets': [`${'*[a-z]'.repeat(60)}0`, as],
      'a very long set': [`*[${'!a-b'.repeat(100_000)}]c`, as],
      'a set without an end': ['[a-'.repeat(100_000), as],
      'blanks at its end': [`a${' '.repeat(500_000)}`, as],
      backslashes: ['\\'.repeat(500_001), as],
    };
    for (const [name, [pattern, path]] of Object.entries(patterns))
      it(`has ${name}: it ends, and means what it says`, async () => {
        assert.deepEqual(await ignored(pattern, [path]), [false]);
      });

    it('has 1,000 patterns for 20,000 files: each is looked at', async () => {
      const shapes = [
        (index: number): string => `*.kind${index}`,
        (index: number): string => `kind${index}*`,
        (index: number): string => `/folder${index}/**/*.yaml`,
        (index: number): string => `name${index}.yaml`,
        (index: number): string => `**/part?${index}/*.yaml`,
      ];
      const text = Array.from(
        { length: 1000 },
        (_, index) => shapes[index % shapes.length]?.(index) ?? '',
      ).join('\n');
      const paths = Array.from(
        { length: 20_000 },
        (_, index) => `environments/team${index % 100}/values-${index}.yaml`,
      );
      const last = [
        'deep/a/part1999/x.yaml',
        'folder997/a/b/x.yaml',
        'x/name998.yaml',
        'x/y.kind995',
        'kind996.yaml',
      ];
      const found = (await ignored(text, [...paths, ...last])) as readonly boolean[];
      assert.deepEqual([found.indexOf(true), found.slice(-5)], [20_000, [true, true, true, true, true]]);
    });

    it('is more work than anybody has: it ends, and the plain names of it still count', async () => {
      const wild = `*${'a'.repeat(120)}?[b]\n`.repeat(8_000);
      const paths = Array.from({ length: 20_000 }, (_, index) => `${as.slice(0, 240)}${index}`);
      const found = (await ignored(
        `${wild}plain.yaml\n`,
        [...paths, 'plain.yaml'],
        50,
      )) as readonly boolean[];
      assert.deepEqual([found.indexOf(true), found.length], [20_000, 20_001]);
    });

    it('does not hold up the command line', async () => {
      const { file, remove } = bundle('cli');
      const folder = mkdtempSync(join(tmpdir(), 'deploykf-ignore-'));
      try {
        mkdirSync(join(folder, 'a'.repeat(40)));
        writeFileSync(join(folder, '.gitignore'), `${'*a'.repeat(30)}b\n${'**/a/'.repeat(10)}b\n`);
        writeFileSync(join(folder, 'a'.repeat(40), `${'a'.repeat(100)}.yaml`), 'kubeflow_tools: {}\n');
        const { code, stdout } = await runLimited(
          process.execPath,
          [file, 'check', '-q', '--fail-on', 'error'],
          {
            cwd: folder,
          },
        );
        assert.deepEqual([code, stdout], [0, '']);
      } finally {
        rmSync(folder, { recursive: true });
        remove();
      }
    });
  });
