import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { GitIgnore } from '../../server/src/host/gitIgnore.ts';

const hasGit = spawnSync('git', ['--version']).status === 0;

/** Pieces of patterns, the special ones more often than chance would have them. */
const piece = fc.constantFrom(
  ...[
    'a',
    'b',
    'a',
    'b',
    '.',
    'ä',
    ' ',
    '*',
    '*',
    '?',
    '/',
    '/',
    '**/',
    '/**',
    '/**/',
    '***',
    '\\',
    '\\*',
    '\\ ',
  ],
  ...[
    '[',
    ']',
    '[a]',
    '[!a]',
    '[^b]',
    '[a-c]',
    '[]a]',
    '[a-]',
    '[[:alpha:]]',
    '[[:punct:]]',
    '[\\]]',
    '[/]',
    '[[:x:]]',
  ],
  ...['!', '#', '-', ':'],
);

const pattern = fc
  .tuple(
    fc.constantFrom('', '', '', '!', '/', '**/', '#', '\\!', '!/'),
    fc.array(piece, { minLength: 1, maxLength: 6 }),
    fc.constantFrom('', '', '', '/', '/**', ' ', '\\ ', '\r'),
  )
  .map(([start, pieces, end]) => start + pieces.join('') + end)
  // Behind a beginning without wildcards, git takes two asterisks as if they stood at the start, against its own manual.
  .filter(text => !/^[^*?[\\]*[^*?[\\/!]\*\*/.test(text));

const name = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', 'a', '.', '-', ' ', 'ä', '*', '!'),
  minLength: 1,
  maxLength: 4,
});
const path = fc
  .tuple(fc.constantFrom('', 'in/'), fc.array(name, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '/'))
  .map(([start, names, end]) => start + names.filter(step => !/^\.+$/.test(step)).join('/') + end)
  .filter(text => !/^(?:in)?\/*$/.test(text));

describe('properties: .gitignore', function () {
  this.timeout(120_000);
  let folder: string;
  let work: string;
  before(function () {
    if (!hasGit) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'deploykf-ignore-'));
    work = join(folder, 'work');
    execFileSync('git', ['init', '-q', folder]);
    execFileSync('git', ['-C', folder, 'config', 'core.ignoreCase', 'false']);
  });
  after(() => folder && rmSync(folder, { recursive: true, force: true }));

  /** Those of the paths that can be made beside each other; git looks whether they are folders. */
  function make(outer: string, inner: string, paths: readonly string[]): readonly string[] {
    rmSync(work, { recursive: true, force: true });
    mkdirSync(join(work, 'in'), { recursive: true });
    writeFileSync(join(work, '.gitignore'), outer);
    writeFileSync(join(work, 'in/.gitignore'), inner);
    return paths.filter(text => {
      try {
        mkdirSync(join(work, text.endsWith('/') ? text : dirname(text)), { recursive: true });
        if (!text.endsWith('/')) writeFileSync(join(work, text), '', { flag: 'wx' });
        return true;
      } catch {
        return false;
      }
    });
  }

  /** What git ignores of the paths, without the slashes at their ends. */
  function ignoredByGit(paths: readonly string[]): ReadonlySet<string> {
    const input = paths.map(text => `${text}\0`).join('');
    const args = [
      '--git-dir',
      join(folder, '.git'),
      '--work-tree',
      work,
      'check-ignore',
      '--no-index',
      '--stdin',
      '-z',
    ];
    const { stdout } = spawnSync('git', args, { cwd: work, input, encoding: 'utf8' });
    return new Set(stdout.split('\0'));
  }

  function differing(outer: string, inner: string, paths: readonly string[]): readonly string[] {
    const made = make(outer, inner, paths);
    const rules = new GitIgnore();
    rules.add('', outer);
    rules.add('in/', inner);
    const git = ignoredByGit(made.map(text => text.replace(/\/$/, '')));
    const isIgnored = (text: string): boolean => git.has(text.replace(/\/$/, ''));
    return made
      .filter(text => rules.ignores(text) !== isIgnored(text))
      .map(text => `${text}: git ${isIgnored(text)}`);
  }

  it('means what git takes it for', () =>
    fc.assert(
      fc.property(
        fc.array(pattern, { minLength: 1, maxLength: 4 }),
        fc.array(pattern, { maxLength: 2 }),
        fc.uniqueArray(path, { minLength: 10, maxLength: 40 }),
        (outer, inner, paths) => {
          assert.deepEqual(differing(outer.join('\n'), inner.join('\n'), paths), []);
        },
      ),
      { numRuns: Number(process.env['RUNS'] ?? 60) },
    ));
});
