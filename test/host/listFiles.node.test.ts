import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { boundFiles } from '../../server/src/host/files.ts';
import { nodeFiles } from '../../server/src/host/files.node.ts';
import { withoutIgnored } from '../../server/src/host/gitIgnore.ts';

describe('the files of a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deploykf-values-list-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(...paths: readonly (string | readonly [path: string, text: string])[]): void {
    for (const entry of paths) {
      const [path, text] = typeof entry === 'string' ? [entry, ''] : entry;
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }

  async function list(isCancelled = (): boolean => false): Promise<readonly string[]> {
    const root = pathToFileURL(folder).href;
    const found = (await nodeFiles.list?.(root, { isCancelled })) ?? [];
    return found.map(uri => uri.slice(root.length + 1));
  }

  it('are those whose name says that they may matter', async () => {
    write(
      'a.yaml',
      'B.YML',
      'c.json',
      'package.json',
      'tsconfig.build.json',
      'x.schema.json',
      '.c.json',
      'ci/Makefile',
      'ci/run.sh',
      'ci/Jenkinsfile',
      '.github/workflows/x.yml',
      'yaml',
    );
    assert.deepEqual(await list(), [
      '.github/workflows/x.yml',
      'B.YML',
      'a.yaml',
      'c.json',
      'ci/Jenkinsfile',
      'ci/Makefile',
      'ci/run.sh',
    ]);
  });

  it('are not the JSON of a folder that has much of it, which is data', async () => {
    const data = Array.from({ length: 21 }, (_, index) => `data/${index}.json`);
    write('a.json', 'data/a.yaml', ...data);
    assert.deepEqual(await list(), ['a.json', 'data/a.yaml']);
  });

  it('are not those of packages, of git, of the output of deployKF', async () => {
    write('node_modules/a.yaml', '.git/b.yaml', 'x/.deploykf_output/c.yaml', 'x/d.yaml');
    assert.deepEqual(await list(), ['x/d.yaml']);
  });

  const ignored: readonly (readonly [path: string, text: string])[] = [
    ['.gitignore', 'out/\n*.local.yaml\n!keep.local.yaml\n/top.yaml\n'],
    ['sub/.gitignore', '!b.local.yaml\nonly.yaml\n'],
  ];
  const paths = [
    'out/a.yaml',
    'sub/out/a.yaml',
    'a.local.yaml',
    'keep.local.yaml',
    'top.yaml',
    'sub/top.yaml',
    'sub/b.local.yaml',
    'sub/only.yaml',
    'only.yaml',
    'ä b/c.yaml',
  ];
  const kept = ['keep.local.yaml', 'only.yaml', 'sub/b.local.yaml', 'sub/top.yaml', '%C3%A4%20b/c.yaml'];

  it('are not those that git ignores', async () => {
    write(...ignored, ...paths);
    assert.deepEqual(await list(), kept);
  });

  it('are the same where only texts can be read', async () => {
    write(...ignored, ...paths);
    const root = pathToFileURL(folder).href;
    const uris = paths.map(path => pathToFileURL(join(folder, path)).href);
    const found = await withoutIgnored(
      root,
      uris,
      boundFiles(nodeFiles, () => [root]),
    );
    assert.deepEqual(found.map(uri => uri.slice(root.length + 1)).toSorted(), kept.toSorted());
  });

  it('end where links lead in a circle', async () => {
    write('a/b.yaml');
    symlinkSync(folder, join(folder, 'a/up'));
    symlinkSync(join(folder, 'a/b.yaml'), join(folder, 'link.yaml'));
    symlinkSync(join(folder, 'loop.yaml'), join(folder, 'loop.yaml'));
    symlinkSync('gone', join(folder, 'gone.yaml'));
    assert.deepEqual(await list(), ['a/b.yaml', 'link.yaml']);
  });

  it('end when nobody wants them any more', async () => {
    write('a.yaml', 'b/c.yaml');
    assert.deepEqual(await list(() => true), []);
  });

  it('are none of a folder that is not there', async () => {
    rmSync(folder, { recursive: true });
    assert.deepEqual(await list(), []);
  });
});
